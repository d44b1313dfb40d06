// The page: what is typed, tapped and dropped.
import { call } from "./call.js";
import { say } from "./chat.js";
import { light, showArticle } from "./article.js";

const MOST_BYTES = 5 * 2 ** 20;
const text = document.getElementById("text");
const file = document.getElementById("file");
const drop = document.getElementById("drop");
const said = [];
let place = 0; // in what was said, for the arrow keys
let page;

function show(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll("nav button")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  if (view === "article") light();
}

// What the parts of the page ask of one another.
const acts = {
  isOn: (other) => other === page,
  ask(question) {
    said.push(question);
    place = said.length;
    show("chat");
    say(question, call("reply", { page, text: question }), page, acts);
  },
  tap(of, listing, name, label) {
    show("chat");
    say(label, call("tap", { page: of, listing, name }), of, acts);
  },
  open(of, number) {
    if (of !== page) return;
    show("article");
    light([number]);
  },
  show,
};

function begin(opened) {
  page = opened.page;
  showArticle(opened.article, (listing, name) => acts.tap(page, listing, name, name));
  document.getElementById("subject").textContent = opened.article.title;
  return opened.reply;
}

async function read(chosen) {
  if (!chosen) return;
  show("chat");
  if (chosen.size > MOST_BYTES) {
    const line = document.getElementById("too-long").content.textContent;
    say(chosen.name, { said: line }, page, acts);
    return;
  }
  const opening = call(`read?name=${encodeURIComponent(chosen.name)}`, chosen);
  const begun = opening.then((opened) => (opened.page ? begin(opened) : opened));
  say(chosen.name, begun, null, acts);
}

function fit() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
}

document.getElementById("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const question = text.value.trim();
  if (question) acts.ask(question);
  text.value = "";
  fit();
  text.focus();
});
text.addEventListener("input", fit);
text.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const isRecalled = text.value === (said[place] ?? "");
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    text.form.requestSubmit();
  } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && isRecalled) {
    event.preventDefault();
    place = Math.min(said.length, Math.max(0, place + (event.key === "ArrowUp" ? -1 : 1)));
    text.value = said[place] ?? "";
    fit();
  }
});
document.querySelector("nav").addEventListener("click", (event) => {
  if (event.target.dataset.view) show(event.target.dataset.view);
});
file.addEventListener("change", () => {
  read(file.files[0]);
  file.value = "";
});
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    drop.hidden = kind === "drop" || (kind === "dragleave" && !event.relatedTarget);
    if (kind === "drop") read(event.dataTransfer.files[0]);
  });
}

const opened = await call("open", {});
say("", opened.page ? begin(opened) : opened, page, acts);
