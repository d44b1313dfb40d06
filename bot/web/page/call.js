// Calls of the bot: fields or a file in, an object out, at the worst one with what is said of it.
export async function call(name, sent) {
  const body = sent instanceof Blob ? sent : new URLSearchParams(sent);
  try {
    const response = await fetch(`call/${name}`, { method: "POST", body });
    return await response.json();
  } catch {
    return { said: document.getElementById("unreachable").content.textContent };
  }
}

export function clone(name) {
  return document.getElementById(name).content.cloneNode(true).firstElementChild;
}

export function made(tag, text, name = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = name;
  return element;
}
