import assert from "node:assert/strict";
import { findFree, nightsBetween, spoken } from "../lib/dates.mjs";
import { heard, nightsShow, openDemo, write } from "../lib/demo-page.mjs";

export const name = "a guest asks, is offered a price, says sí, pays, and the nights are booked";

const CABIN = "El Sauce";
const MONEY = /\$\s?\d{1,3}(?:\.\d{3})*(?:,\d\d)?/;

export default async function (world) {
  const { page, troubles } = await openDemo(world);
  const calendars = await fetch(`${world.base}/demo/calendars`).then((answer) => answer.json());
  const { from, to } = findFree(calendars, CABIN, 3);
  const nights = nightsBetween(from, to);

  // An offer with a price; a guest who is offered several takes this one by its number.
  let offer = await write(page, `hola, tenés algo ${spoken(from, to)} para 4?`, new RegExp(CABIN));
  assert.match(offer, MONEY, "an offer names a price");
  const number = offer.match(new RegExp(`^(\\d)\\. ${CABIN}`, "m"))?.[1];
  if (number) offer = await write(page, number, new RegExp(CABIN));
  const deposit = offer.match(new RegExp(`seña (${MONEY.source})`))?.[1];
  assert.ok(deposit, `the offer names a deposit: ${offer}`);

  // A hold: the button to pay, and nights that wait for it.
  const hold = await write(page, "sí", /Código [A-Z0-9]+/);
  assert.ok(hold.includes(deposit), `the hold asks for the deposit that was offered, ${deposit}: ${hold}`);
  const code = hold.match(/Código ([A-Z0-9]+)/)[1];
  const pay = page.locator(".pay").last();
  await pay.waitFor();
  assert.equal(await pay.getAttribute("target"), "_blank");
  assert.equal(await pay.getAttribute("rel"), "noopener");
  const token = new URL(await pay.getAttribute("href")).pathname.split("/").pop();
  await nightsShow(page, CABIN, nights, "held");
  await page.screenshot({ path: `${world.screenshots}held.png` });

  // Two providers take pesos, so the guest is asked first, in a tab of its own; then the checkout asks for the same
  // deposit.
  const opened = page.waitForEvent("popup");
  await pay.click();
  const checkout = await opened;
  await checkout.getByRole("button", { name: "Mercado Pago" }).click();
  const approve = checkout.locator("button[value=approved]");
  await approve.waitFor();
  assert.ok((await approve.textContent()).includes(deposit), `the checkout asks for ${deposit}`);
  await checkout.screenshot({ path: `${world.screenshots}checkout.png` });
  await approve.click();
  await checkout.waitForURL(`${world.base}/stay/**`);

  // The desk says so only after it heard so itself; the page turns by itself.
  const receipt = await heard(page, /Recibimos tu pago/);
  assert.ok(receipt.includes(deposit) && receipt.includes(code), `the receipt names what was paid: ${receipt}`);
  await nightsShow(page, CABIN, nights, "booked");
  await page.locator("#news").getByText("reservadas").waitFor();
  await page.screenshot({ path: `${world.screenshots}booked.png` });

  // The ledger has the money, on the page that is linked from here.
  await page.goto(`${world.base}/demo/money`);
  await page.getByText("confirmó la reserva").waitFor();
  assert.ok(await page.getByText(code).first().isVisible(), "the last stay is shown");
  await page.screenshot({ path: `${world.screenshots}money.png`, fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `on a phone the money is ${wide} wide`);
  assert.deepEqual(troubles, []);

  world.sold = { cabin: CABIN, from, to, guests: 4, token, code };
}
