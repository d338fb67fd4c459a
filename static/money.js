// The money of one stay, as the desk's own ledger has it. Whatever the server says is put in as text.

const EVERY_MS = 2000;
const STATUS = {
  held: "En espera de la seña", confirmed: "Confirmada", expired: "La espera terminó sin seña",
  cancelled: "Cancelada", completed: "Terminada", no_show: "El huésped no vino",
};
const PROVIDER = {
  mercadopago: "Mercado Pago", stripe: "Stripe", paypal: "PayPal", cash: "Efectivo", bank: "Transferencia",
};
const PURPOSE = { deposit: "Seña", balance: "Saldo", extra: "Diferencia por el cambio", penalty: "Cargo" };
const PAYMENT = {
  pending: "por llegar", approved: "aprobado", rejected: "rechazado", refunded: "devuelto", charged_back: "lo retiró el banco",
};
const APPLIED = {
  confirmed: "confirmó la reserva", retaken: "llegó tarde: tomó otra vez las noches", short: "no alcanza",
  credit: "a cuenta", returned: "vuelve solo", waiting: "espera a una persona",
  offered: "espera a que el huésped acepte otra cabaña igual",
};
const REFUND = { due: "anotada", sent: "pedida", done: "hecha", failed: "el proveedor no quiere: a mano" };
const REASON = {
  surplus: "se pagó de más", stay_cancelled: "la reserva estaba cancelada", cancelled: "se canceló",
  nights_taken: "las noches ya eran de otro", hold_ended: "la espera terminó y no alcanzaba", by_staff: "la casa la dio",
  cheaper_dates: "las fechas nuevas cuestan menos", stay_over: "la estadía terminó",
};
const FOR_A_PERSON = {
  late_money_confirmed: "pagó tarde y se le confirmó", late_money_returned: "pagó tarde y se le devuelve",
  late_money_offered: "pagó tarde y se le guarda otra igual", return_by_hand: "devolver a mano", disputed: "el banco pregunta por un pago",
  charge_due: "pedirle lo que falta", refund_refused: "el proveedor no quiso devolver",
  foreign_refund: "alguien devolvió dinero en el sitio del proveedor", charged_back: "el banco del huésped retiró el dinero",
  refund_undone: "una devolución falló después", chargeback_undone: "el banco devolvió lo retirado",
};
const MOVEMENT = {
  payment: "pago", refund: "devolución", refund_failed: "devolución que falló", chargeback: "contracargo", assignment: "lo asignó una persona",
};

const $ = (id) => document.getElementById(id);
const element = (tag, className = "", textContent = "") =>
  Object.assign(document.createElement(tag), { className, textContent });
const named = (words, key) => words[key] ?? key ?? "";
const money = (amount, currency) =>
  new Intl.NumberFormat("es-AR", { style: "currency", currency }).format(Number(amount));
const clock = new Intl.DateTimeFormat("es-AR", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("es-AR", { day: "numeric", month: "short", timeZone: "UTC" });
const days = ({ check_in, check_out }) =>
  [check_in, check_out].map((date) => day.format(new Date(`${date}T00:00:00Z`))).join(" al ");

const [, , , code] = location.pathname.split("/");
const address = code ? `/demo/ledger/${encodeURIComponent(code)}` : "/demo/ledger";

function table(place, headings, rows, empty) {
  if (!rows.length) return $(place).replaceChildren(element("p", "waiting", empty));
  const found = element("table");
  const head = found.createTHead().insertRow();
  for (const heading of headings) head.append(Object.assign(element("th", "", heading), { scope: "col" }));
  const body = found.createTBody();
  for (const cells of rows) {
    const row = body.insertRow();
    for (const cell of cells) row.insertCell().append(cell);
  }
  $(place).replaceChildren(found);
}

/** Nothing but a web address may stand behind a link. */
function link(text, url) {
  const found = element("a", "", text);
  if (/^https?:\/\//i.test(url)) Object.assign(found, { href: url, target: "_blank", rel: "noopener" });
  return found;
}

function button(text, path) {
  const found = Object.assign(element("button", "", text), { type: "button" });
  found.onclick = async () => {
    const answer = await fetch(path, { method: "POST" }).catch(() => undefined);
    $("trouble").textContent = answer?.ok ? "" : "No se pudo. Mirá otra vez en un momento.";
    look();
  };
  return found;
}

function showStays(stays, shown) {
  // One stay needs no choice.
  $("stays").hidden = stays.length < 2;
  $("stays").replaceChildren(...stays.map((stay) => {
    const found = Object.assign(element("a", "", `${stay.cabin}, ${days(stay)}`), { href: `/demo/money/${stay.code}` });
    if (stay.code === shown.code) found.ariaCurrent = "page";
    return found;
  }));
}

function showStay(stay) {
  const sum = (amount) => money(amount, stay.currency);
  $("stay-title").textContent = `${stay.cabin}, ${days(stay)} · ${stay.code}`;
  const over = stay.has_ended ? "; la espera terminó, y el conserje la cierra en menos de un minuto" : "";
  const until = stay.held_until && !over ? `, hasta las ${clock.format(new Date(stay.held_until))}` : "";
  const status = `${named(STATUS, stay.status)}${until}${over}`;
  // Only a change is written, because only a change should be announced.
  if ($("status").textContent !== status) $("status").textContent = status;
  const waits = stay.for_a_person.map((reason) => named(FOR_A_PERSON, reason)).join("; ");
  $("person").textContent = waits && `Espera a una persona: ${waits}.`;
  const sums = [["Total", stay.total_price], ["Seña", stay.deposit_amount], ["Pagado", stay.paid],
    ["Por volver", stay.refunds_pending], ["Falta", stay.due]];
  $("sums").replaceChildren(...sums.map(([name, amount]) => {
    const pair = element("div");
    pair.append(element("dt", "", name), element("dd", "", sum(amount)));
    return pair;
  }));
  const doings = [link("La reserva, como la ve el huésped", stay.stay_url)];
  if (stay.pay_url) doings.push(link("Elegir cómo pagar", stay.pay_url));
  doings.push(...stay.pages.map((page) => link(`Página de ${named(PROVIDER, page.provider)}`, page.url)));
  if (stay.can_end) doings.push(button("Que la espera termine ya", `/demo/money/${stay.code}/end-hold`));
  $("doings").replaceChildren(...doings);
}

function showRows(stay) {
  const rows = stay.payments.map((one) => {
    const arrives = one.provider === "mercadopago" && one.status === "pending";
    const state = element("span", "", named(PAYMENT, one.status));
    if (arrives) state.append(" ", button("Que llegue", `/demo/arrivals/${one.provider_payment_id}`));
    return [named(PROVIDER, one.provider), money(one.amount, one.currency), state, named(APPLIED, one.applied),
      money(one.refunded, one.currency)];
  });
  table("charges", ["Qué", "Monto", "Hasta el", ""], stay.charges.map((one) =>
    [named(PURPOSE, one.purpose), money(one.amount, one.currency), day.format(new Date(one.due_at)), one.note ?? ""]),
  "La seña se anota cuando se abre una página de pago.");
  table("payments", ["Por", "Monto", "Estado", "Para qué sirvió", "Devuelto"], rows, "Ninguno todavía.");
  table("refunds", ["Por", "Monto", "Estado", "Por qué"], stay.refunds.map((one) =>
    [named(PROVIDER, one.provider), money(one.amount, one.currency), named(REFUND, one.status), named(REASON, one.reason)]),
  "Ninguna.");
  table("postings", ["A las", "Qué", "Por", "Número", "Monto"], stay.lines.map((one) =>
    [clock.format(new Date(one.at)), named(MOVEMENT, one.movement), named(PROVIDER, one.provider), one.external_id,
      money(one.amount, one.currency)]),
  "Ninguno.");
}

let before, timer;

function show(answer) {
  // What did not change is left alone: somebody may have the focus on it.
  const text = JSON.stringify(answer);
  if (text === before) return;
  before = text;
  const { stays, stay } = answer;
  $("nothing").hidden = Boolean(stay);
  $("unknown").hidden = true;
  $("money").hidden = !stay;
  if (!stay) return;
  showStays(stays, stay);
  showStay(stay);
  showRows(stay);
}

async function look() {
  clearTimeout(timer);
  if (!document.hidden) {
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(8000) }).catch(() => undefined);
    const found = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
    if (answer?.status === 404) $("unknown").hidden = false;
    else $("away").textContent = found ? "" : "El servidor no contesta. Sigo probando; lo que ves puede estar viejo.";
    if (found) show(found);
  }
  timer = setTimeout(look, EVERY_MS);
}

document.addEventListener("visibilitychange", look);
look();
