// The demo's page as a guest and a host use it.
import assert from "node:assert/strict";
import { watch } from "./browser.mjs";

const FROM_DESK = ".bubble:not(.mine)";

export async function openDemo(world, { width = 1280, height = 800, colorScheme = "light" } = {}) {
  const page = await world.context.newPage();
  const troubles = watch(page, world.base);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme });
  await page.goto(`${world.base}/`);
  await page.locator(".cabin").nth(2).waitFor();
  await page.locator("#empty:not([hidden]), .bubble").first().waitFor();
  return { page, troubles };
}

/** Writes as the guest, and reads what the desk says to it: the first new message that matches. */
export async function write(page, text, expected = /./) {
  const before = await page.locator(FROM_DESK).count();
  await page.getByLabel("Mensaje para las cabañas").fill(text);
  await page.keyboard.press("Enter");
  return heard(page, expected, before);
}

/** The first message of the desk, after the first `before`, that matches. */
export async function heard(page, expected, before = 0) {
  const text = page.locator(`${FROM_DESK} p`);
  const { source, flags } = expected;
  const found = await page
    .waitForFunction(
      ([selector, before, source, flags]) => {
        const bubbles = [...document.querySelectorAll(selector)].slice(before);
        return bubbles.map((bubble) => bubble.textContent).find((said) => new RegExp(source, flags).test(said));
      },
      [`${FROM_DESK} p`, before, source, flags],
    )
    .catch(async () => {
      const said = (await text.allTextContents()).slice(before);
      assert.fail(`the desk said nothing like ${expected}; it said: ${JSON.stringify(said)}`);
    });
  // The page keeps amounts on one line.
  return (await found.jsonValue()).replaceAll("\u00a0", " ");
}

/** Waits until these nights of a cabin stand in the calendar in this state. */
export async function nightsShow(page, cabin, dates, state) {
  for (const date of dates) {
    await page.locator(`[data-cabin="${cabin}"] [data-date="${date}"][data-state="${state}"]`).waitFor();
  }
}
