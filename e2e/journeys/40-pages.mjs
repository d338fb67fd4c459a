import assert from "node:assert/strict";
import { watch } from "../lib/browser.mjs";

export const name = "the API's page and the guest's page open, and a wrong link meets a friendly page";

export default async function ({ sold, base, context, screenshots }) {
  const page = await context.newPage();
  await page.setViewportSize({ width: 390, height: 844 });
  const troubles = watch(page, base);

  const docs = await page.goto(`${base}/docs`);
  assert.equal(docs.status(), 200);
  await page.getByText("/api/v1/reservations/pre-reserve").first().waitFor();
  assert.ok((await page.locator(".card").count()) > 10, "the calls and their schemas");
  await page.screenshot({ path: `${screenshots}docs.png` });

  assert.ok(sold, "needs the stay that book-and-pay sells");
  const stay = await page.goto(`${base}/stay/${sold.token}`);
  assert.equal(stay.status(), 200);
  await page.getByRole("heading", { name: "Tu reserva" }).waitFor();
  for (const text of ["Confirmada", sold.code, sold.cabin]) await page.getByText(text, { exact: true }).waitFor();
  assert.equal(await page.getByText("Pagar la seña").count(), 0, "what is paid cannot be paid again");
  await page.screenshot({ path: `${screenshots}stay.png` });
  assert.deepEqual(troubles, []);

  const wrong = await page.goto(`${base}/stay/x`);
  assert.equal(wrong.status(), 404);
  assert.match(wrong.headers()["content-type"], /text\/html/);
  await page.getByRole("heading", { name: "No se pudo" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
  await page.screenshot({ path: `${screenshots}wrong-link.png` });
}
