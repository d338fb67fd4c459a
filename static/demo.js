// The demo's page: a phone on one side, three calendars on the other. Whatever the server says is put in as
// text, never as markup, because a guest may write anything.

const CHAT_EVERY_MS = 1000;
const CALENDARS_EVERY_MS = 3000;
const SLOWEST_MS = 10000;
const SILENT_MS = 8000;
// A desk that handed a guest to a person stays silent, and here there is no person.
const SILENCE = "¿Nadie contesta? Si pediste una persona, el programa calla para que ella atienda, y en esta " +
  "demostración no hay nadie.";
// The letter on a night, its meaning, and the meaning of several.
const STATES = {
  free: ["", "libre", "libres"],
  held: ["S", "en espera de la seña", "en espera de la seña"],
  booked: ["R", "reservada", "reservadas"],
  blocked: ["B", "bloqueada", "bloqueadas"],
};
// What each tick says, for those who do not see it. Nothing yet means: it left the phone.
const TICKS = {
  sent: ["✓", "enviado"],
  delivered: ["✓✓", "entregado"],
  read: ["✓✓", "leído"],
  played: ["✓✓", "escuchado"],
  failed: ["⚠ no llegó", "no se pudo entregar"],
};

const $ = (id) => document.getElementById(id);
const copy = (template) => $(template).content.firstElementChild.cloneNode(true);
const element = (tag, className = "", textContent = "") =>
  Object.assign(document.createElement(tag), { className, textContent });
// Only a change is written, because only a change should be announced.
const tell = (id, text) => $(id).textContent === text || ($(id).textContent = text);

// --- asking the server ------------------------------------------------------------------------------------------

const away = new Set();

/** Asks again and again, slower while nobody answers, and not at all while nobody looks. */
function poll(name, address, everyMs, show) {
  let timer;
  let failures = 0;
  let asking = false;
  const again = async () => {
    clearTimeout(timer);
    if (asking || document.hidden) return;
    asking = true;
    const found = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(8000) })
      .then((answer) => (answer.ok ? answer.json() : undefined))
      .catch(() => undefined);
    asking = false;
    failures = found ? 0 : failures + 1;
    timer = setTimeout(again, Math.min(everyMs * 2 ** Math.min(failures, 5), SLOWEST_MS));
    // One lost answer is no news: a second one is.
    if (failures > 1) away.add(name);
    else if (found) away.delete(name);
    tell("away", away.size ? "El servidor no contesta. Sigo probando; lo que ves puede estar viejo." : "");
    if (found) show(found);
  };
  document.addEventListener("visibilitychange", again);
  window.addEventListener("online", again);
  again();
  return again;
}

// --- the chat ---------------------------------------------------------------------------------------------------

const clock = new Intl.DateTimeFormat("es-AR", { hour: "2-digit", minute: "2-digit", hour12: false });
const fullDate = new Intl.DateTimeFormat("es-AR", { dateStyle: "full", timeStyle: "short" });

/** WhatsApp's *bold*; an amount stays on one line; the rest as it stands. */
function write(paragraph, text) {
  for (const part of text.replace(/\$ (?=\d)/g, "$\u00a0").split(/(?<![\p{L}\p{N}*])(\*(?!\s)[^*\n]+(?<!\s)\*)(?![\p{L}\p{N}*])/u)) {
    const bold = part.length > 2 && part.startsWith("*") && part.endsWith("*");
    paragraph.append(bold ? element("strong", "", part.slice(1, -1)) : part);
  }
}

function bubble(message) {
  const item = copy("bubble");
  const part = (name) => item.querySelector(name);
  item.classList.toggle("mine", message.from_guest);
  part(".who").textContent = message.from_guest ? "Vos: " : "Las cabañas: ";
  write(part("p"), message.text);
  // Nothing but a web address may stand behind a button.
  if (message.link && /^https?:\/\//i.test(message.link.url)) {
    part(".pay").href = message.link.url;
    part(".label").textContent = message.link.label;
  } else part(".pay").remove();
  const at = new Date(message.at);
  Object.assign(part("time"), { dateTime: message.at, textContent: clock.format(at), title: fullDate.format(at) });
  return item;
}

function showTick(item, status) {
  const [sign, meaning] = TICKS[status] ?? TICKS.sent;
  const tick = item.querySelector(".tick");
  if (tick.title === meaning) return;
  Object.assign(tick, { textContent: sign, title: meaning });
  tick.dataset.status = status ?? "sent";
  item.querySelector(".state").textContent = meaning;
}

const shown = [];

function showChat(messages) {
  const talk = $("talk");
  const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 20;
  let added = false;
  // A desk that began anew has a shorter memory than this page.
  while (shown.length > messages.length) shown.pop().item.remove();
  messages.forEach((message, place) => {
    // A status that moves on must not make a screen reader say the message again.
    const { status, ...rest } = message;
    const key = JSON.stringify(rest);
    if (shown[place]?.key !== key) {
      const item = bubble(message);
      if (shown[place]) shown[place].item.replaceWith(item);
      else $("bubbles").append(item);
      shown[place] = { key, item };
      added = true;
    }
    showTick(shown[place].item, status);
  });
  $("empty").hidden = messages.length > 0;
  const last = messages.at(-1);
  const waitedMs = last?.from_guest ? Date.now() - Date.parse(last.at) : 0;
  tell("presence", waitedMs ? "esperando la respuesta…" : "WhatsApp simulado");
  tell("hint", waitedMs > SILENT_MS ? SILENCE : "");
  $("back").hidden = waitedMs <= SILENT_MS;
  // Who reads further up stays there.
  if (atEnd || (added && last?.from_guest)) talk.scrollTop = talk.scrollHeight;
}

const askChat = poll("chat", "/demo/chat", CHAT_EVERY_MS, showChat);

$("back").onclick = () => fetch("/demo/hand-back", { method: "POST" });

let sending = false;
async function send(text) {
  // The button is not disabled meanwhile: that would take the focus from whoever pressed it.
  if (!text.trim() || sending) return;
  sending = true;
  $("trouble").textContent = "";
  try {
    const headers = { "content-type": "application/json" };
    const [body, signal] = [JSON.stringify({ text }), AbortSignal.timeout(8000)];
    const answer = await fetch("/demo/chat", { method: "POST", headers, body, signal });
    if (!answer.ok) throw new Error(String(answer.status));
    if ($("words").value === text) $("words").value = "";
    askChat();
  } catch {
    $("words").value = text;
    $("trouble").textContent = "No se pudo enviar. Tu mensaje sigue acá; probá de nuevo.";
  }
  sending = false;
}

$("write").addEventListener("submit", (event) => {
  event.preventDefault();
  send($("words").value);
});
$("suggestions").addEventListener("click", (event) => {
  if (event.target.tagName !== "BUTTON") return;
  send(event.target.textContent);
  // The buttons go away; the focus stays near, without calling a phone's keyboard.
  $("talk").focus();
});

// --- the calendars ----------------------------------------------------------------------------------------------

// Dates are the property's own: read as UTC and written as UTC they never move by a zone.
const utc = (date) => new Date(`${date}T00:00:00Z`);
const monthName = new Intl.DateTimeFormat("es-AR", { month: "long", year: "numeric", timeZone: "UTC" });
const dayName = new Intl.DateTimeFormat("es-AR", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const shortDay = new Intl.DateTimeFormat("es-AR", { day: "numeric", month: "long", timeZone: "UTC" });

let calendars, month;
const seen = new Map();
const monthOf = ({ date }) => date.slice(0, 7);
const monthsOf = ({ cabins }) => [...new Set(cabins.flatMap(({ nights }) => nights.map(monthOf)))];

/** The nights that are not as they were, per cabin; nothing on the first look. */
function changes(answer) {
  const found = [];
  for (const cabin of answer.cabins) {
    const nights = cabin.nights.filter(({ date, state }) => {
      const before = seen.get(cabin.id + date);
      seen.set(cabin.id + date, state);
      return before && before !== state;
    });
    if (nights.length) found.push({ cabin, nights });
  }
  return found;
}

function nightCell({ date, state, why }, today, fresh) {
  const cell = element("td");
  const [letter, meaning] = STATES[state] ?? ["?", state];
  const night = element("div", "night", Number(date.slice(8)));
  Object.assign(night.dataset, { date, state });
  night.title = `${dayName.format(utc(date))}: ${meaning}${why && state === "blocked" ? ` (${why})` : ""}`;
  night.classList.toggle("over", date < today);
  night.classList.toggle("today", date === today);
  night.classList.toggle("fresh", fresh);
  const mark = element("b", "", letter);
  mark.ariaHidden = "true";
  night.append(mark, element("span", "hidden", ` ${meaning}${date === today ? ", hoy" : ""}`));
  cell.append(night);
  return cell;
}

function cabinCard(cabin) {
  const card = copy("cabin");
  const picture = card.querySelector("img");
  if (cabin.photo) [picture.src, picture.alt] = [cabin.photo, `Dibujo de ${cabin.name}`];
  else picture.remove();
  card.querySelector("h3").textContent = cabin.name;
  card.querySelector(".description").textContent = cabin.description;
  const money = { style: "currency", currency: cabin.currency, minimumFractionDigits: 0 };
  const price = new Intl.NumberFormat("es-AR", money).format(Number(cabin.base_price));
  card.querySelector(".facts").textContent = `Hasta ${cabin.capacity} personas\nDesde ${price} la noche`;
  return card;
}

function drawMonth(card, cabin, fresh = []) {
  card.dataset.cabin = cabin.name;
  card.querySelector("caption").textContent = `${cabin.name}, ${monthName.format(utc(`${month}-01`))}`;
  const nights = cabin.nights.filter(({ date }) => date.startsWith(month));
  // Weeks begin on Monday.
  const cells = Array.from({ length: (utc(`${month}-01`).getUTCDay() + 6) % 7 }, () => element("td"));
  cells.push(...nights.map((night) => nightCell(night, calendars.today, fresh.includes(night))));
  card.querySelector("tbody").replaceChildren();
  while (cells.length) {
    const row = card.querySelector("tbody").insertRow();
    row.append(...cells.splice(0, 7));
  }
}

function drawCalendars(changed = []) {
  const months = monthsOf(calendars);
  tell("month", monthName.format(utc(`${month}-01`)));
  // Told instead of disabled: a disabled button would lose the focus.
  $("previous").ariaDisabled = String(month === months[0]);
  $("next").ariaDisabled = String(month === months.at(-1));
  for (const [place, cabin] of calendars.cabins.entries()) {
    drawMonth($("cabins").children[place], cabin, changed.find((change) => change.cabin === cabin)?.nights);
  }
}

function showCalendars(answer) {
  if (JSON.stringify(calendars) === JSON.stringify(answer)) return;
  const changed = changes(answer);
  const names = ({ cabins }) => cabins.map(({ id }) => id).join();
  const sameCabins = calendars && names(answer) === names(calendars);
  calendars = answer;
  if (!monthsOf(answer).includes(month)) month = answer.today.slice(0, 7);
  if (changed.length) {
    // What just changed is what one wants to see.
    const months = changed[0].nights.map(monthOf);
    if (!months.includes(month)) month = months[0];
    $("news").textContent = changed.map(told).join(" ");
  }
  if (!sameCabins) $("cabins").replaceChildren(...answer.cabins.map(cabinCard));
  suggestFreeDates();
  drawCalendars(changed);
}

function told({ cabin, nights }) {
  const [{ date, state }] = nights;
  const count = nights.filter((night) => night.state === state).length;
  const [, one, several] = STATES[state] ?? ["", state, state];
  const which = count === 1 ? "1 noche" : `${count} noches`;
  return `${cabin.name}: ${which} desde el ${shortDay.format(utc(date))}, ahora ${count === 1 ? one : several}.`;
}

function turn(step) {
  if (!calendars) return;
  const months = monthsOf(calendars);
  month = months[months.indexOf(month) + step] ?? month;
  $("news").textContent = "";
  drawCalendars();
}

$("previous").addEventListener("click", () => turn(-1));
$("next").addEventListener("click", () => turn(1));

/** The first suggestion names dates that are on these calendars, whatever the season. */
function suggestFreeDates() {
  const cabin = calendars.cabins.find(({ capacity }) => capacity >= 4);
  if (!cabin || cabin.nights.some(({ date }) => date.endsWith("-01-05"))) return;
  const nights = cabin.nights.filter(({ date, state }) => date > calendars.today && state === "free");
  const day = (date) => Number(date.slice(8));
  // Three free nights in a row and a departure, all in one month.
  const place = nights.findIndex((night, i) =>
    nights[i + 3] && monthOf(nights[i + 3]) === monthOf(night) && day(nights[i + 3].date) === day(night.date) + 3);
  if (place < 0) return;
  const [from, to] = [nights[place].date, nights[place + 3].date];
  const text = `hola, tenés algo del ${day(from)} al ${shortDay.format(utc(to))} para 4?`;
  $("suggestions").querySelector("[data-dates]").textContent = text;
}

poll("calendars", "/demo/calendars", CALENDARS_EVERY_MS, showCalendars);
