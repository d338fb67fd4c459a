// A port that nobody listens on, for IPv4 and IPv6 alike.
import { createServer } from "node:net";

const server = createServer();
server.listen(0, "::", () => {
  console.log(server.address().port);
  server.close();
});
