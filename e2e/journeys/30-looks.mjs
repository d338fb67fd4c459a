import assert from "node:assert/strict";
import { openDemo, write } from "../lib/demo-page.mjs";

export const name = "the page fits a phone and a desk, by day and by night, and asks nobody else";

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

export default async function (world) {
  for (const size of SIZES) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, troubles } = await openDemo(world, { ...size, colorScheme });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= size.width, `at ${size.width} the page is ${wide} wide`);
      const broken = await page.evaluate(async () => {
        await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
        return [...document.images].filter((image) => !image.naturalWidth).map((image) => image.src);
      });
      assert.deepEqual(broken, [], "every picture is there");
      const inView = await page.locator("#words").evaluate((field) => field.getBoundingClientRect().bottom);
      assert.ok(inView <= size.height, "one can write without scrolling");
      const path = `${world.screenshots}demo-${size.width}x${size.height}-${colorScheme}.png`;
      await page.screenshot({ path, fullPage: size.width < 600 });
      assert.deepEqual(troubles, []);
      await page.close();
    }
  }

  const { page, troubles } = await openDemo(world);
  // The three months, and no further.
  const month = page.locator("#month");
  const names = [await month.textContent()];
  for (let step = 0; step < 3; step += 1) {
    // By the keyboard: at the end the button still has the focus, and does nothing.
    await page.getByLabel("Mes siguiente").press("Enter");
    names.push(await month.textContent());
  }
  assert.equal(new Set(names).size, 3, `three months: ${names}`);
  assert.equal(await page.getByLabel("Mes siguiente").getAttribute("aria-disabled"), "true");

  // What a guest writes is text, whatever it looks like; stars make it bold.
  await write(page, "*hola* <img src=x onerror=alert(1)>");
  const mine = page.locator(".bubble.mine").last();
  assert.equal(await mine.locator("p").textContent(), "hola <img src=x onerror=alert(1)>");
  assert.equal(await mine.locator("strong").textContent(), "hola");
  assert.equal(await mine.locator("img").count(), 0);
  // The desk's answers carry what became of them.
  await page.locator('.bubble:not(.mine) .tick[data-status="read"]').last().waitFor();
  assert.deepEqual(troubles, []);
}
