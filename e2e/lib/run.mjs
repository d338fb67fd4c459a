// Runs the journeys one after another, in the order of their names: later ones meet what earlier ones left.
// A journey is a file with a `name` and a default function that throws when something is not as it should be.
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openBrowser } from "./browser.mjs";

const [base, ...wanted] = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const screenshots = here("../screenshots/");

rmSync(screenshots, { recursive: true, force: true });
mkdirSync(screenshots, { recursive: true });

const files = readdirSync(here("../journeys"))
  .filter((file) => file.endsWith(".mjs"))
  .filter((file) => !wanted.length || wanted.some((word) => file.includes(word)))
  .sort();
const browser = await openBrowser();
// What one journey tells the next.
const world = { base, context: browser.context, screenshots };

let [passed, failed] = [0, 0];
for (const file of files) {
  const { name, default: journey } = await import(`../journeys/${file}`);
  const begun = performance.now();
  const took = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  try {
    await journey(world);
    passed += 1;
    console.log(`ok    ${name} (${took()})`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name} (${took()})\n${error.stack ?? error}\n`);
    await picture(file);
  }
  // Nothing stays open for the next one; the browser itself needs one page.
  const pages = browser.context.pages();
  await browser.context.newPage();
  await Promise.all(pages.map((page) => page.close()));
}
await browser.close();

// No journey at all is no success.
if (passed + failed === 0) failed = 1;
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

async function picture(file) {
  for (const [place, page] of browser.context.pages().entries()) {
    if (page.url() === "about:blank") continue;
    const path = `${screenshots}failed-${file.replace(".mjs", "")}-${place}.png`;
    await page.screenshot({ path, fullPage: true }).catch(() => {});
  }
}
