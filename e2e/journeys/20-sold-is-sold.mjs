import assert from "node:assert/strict";
import { later, spoken } from "../lib/dates.mjs";
import { openDemo, write } from "../lib/demo-page.mjs";

export const name = "what was sold is not offered again, and the day of departure is free";

export default async function ({ sold, ...world }) {
  assert.ok(sold, "needs the stay that book-and-pay sells");
  const { from, to, guests, cabin } = sold;
  const free = async (checkIn, checkOut) => {
    const query = new URLSearchParams({ check_in: checkIn, check_out: checkOut, guests: 2 });
    const answer = await fetch(`${world.base}/api/v1/availability?${query}`).then((found) => found.json());
    return answer.accommodations.map(({ accommodation }) => accommodation.name);
  };

  // Those who read the calendar, by any night of it.
  for (const [checkIn, checkOut] of [[from, to], [later(from, -1), later(from, 1)], [later(to, -1), later(to, 1)]]) {
    assert.ok(!(await free(checkIn, checkOut)).includes(cabin), `${cabin} is offered ${checkIn} to ${checkOut}`);
  }
  assert.ok((await free(to, later(to, 1))).includes(cabin), `${cabin} is free from the day of departure, ${to}`);

  // Those who ask the desk: another cabin or other dates, but never these nights of this one.
  const { page } = await openDemo(world);
  const reply = await write(page, `tenés algo ${spoken(from, to)} para ${guests}?`);
  const [sameDates] = reply.split("Lo más cercano");
  assert.ok(!sameDates.includes(cabin), `the desk offers ${cabin} again: ${reply}`);
}
