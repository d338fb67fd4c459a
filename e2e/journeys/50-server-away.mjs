import assert from "node:assert/strict";
import { openDemo } from "../lib/demo-page.mjs";

export const name = "the page says when the server is away, keeps what was written, and comes back by itself";

export default async function (world) {
  const { page } = await openDemo(world);
  const bubbles = await page.locator(".bubble").count();

  await page.route("**/demo/*", (route) => route.abort("connectionrefused"));
  await page.getByText("El servidor no contesta").waitFor();
  await page.getByLabel("Mensaje para las cabañas").fill("¿sigue ahí?");
  await page.getByRole("button", { name: "Enviar" }).click();
  await page.getByText("No se pudo enviar").waitFor();
  assert.equal(await page.getByLabel("Mensaje para las cabañas").inputValue(), "¿sigue ahí?");
  assert.equal(await page.locator(".bubble").count(), bubbles, "what was shown stays");

  await page.unroute("**/demo/*");
  await page.waitForFunction(() => document.getElementById("away").textContent === "");
  await page.getByRole("button", { name: "Enviar" }).click();
  await page.locator(".bubble.mine").getByText("¿sigue ahí?").waitFor();
  assert.equal(await page.getByLabel("Mensaje para las cabañas").inputValue(), "");
}
