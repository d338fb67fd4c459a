import { openDemo, write } from "../lib/demo-page.mjs";

export const name = "who asks for a person is told so; from then on the desk is silent, and the page says why";

// The last journey: nobody takes over in the demo, so the desk says nothing more.
export default async function (world) {
  const { page } = await openDemo(world);
  await write(page, "quiero hablar con una persona", /Aviso a una persona/);
  await page.getByLabel("Mensaje para las cabañas").fill("¿hola?");
  await page.keyboard.press("Enter");
  await page.getByText("¿Nadie contesta?").waitFor();
  await page.screenshot({ path: `${world.screenshots}a-person.png` });
}
