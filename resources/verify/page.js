// The page: takes a text or a file, and shows the verdicts. Everything is put in as plain text.
(() => {
  "use strict";

  const list = JSON.parse(document.getElementById("keys").textContent);
  const field = document.getElementById("text");
  const results = document.getElementById("results");
  const MARKS = {
    "valid": ["✓", "Genuine"],
    "changed": ["✕", "Not genuine"],
    "unknown key": ["?", "Unknown"],
    "revoked": ["✕", "Revoked"],
    "replaced": ["↻", "Replaced"],
    "no certificate": ["–", "Nothing to check"],
  };

  function made(tag, kind, text) {
    const element = document.createElement(tag);
    if (kind) {
      element.className = kind;
    }
    if (text) {
      element.textContent = text;
    }
    return element;
  }

  function card(verdict) {
    const [mark, word] = MARKS[verdict.status];
    const whole = made("article", "card");
    whole.dataset.status = verdict.status;
    const head = made("h2", "", word);
    const sign = made("span", "mark", mark);
    sign.setAttribute("aria-hidden", "true");
    head.prepend(sign);
    whole.append(head, made("p", "sentence", verdict.sentence));
    if (verdict.rows.length) {
      const claimed = verdict.status === "changed" || verdict.status === "unknown key";
      whole.append(made("h3", "", claimed ? "What it claims" : "What was certified"));
      const rows = made("dl");
      for (const [label, value] of verdict.rows) {
        rows.append(made("dt", "", label), made("dd", "", value));
      }
      whole.append(rows);
      if (verdict.status === "valid") {
        whole.append(made("p", "note", "Compare every line with the paper or file before you."));
      }
    }
    return whole;
  }

  function show(text) {
    const verdicts = Proof.judge(text, list);
    results.replaceChildren(...verdicts.map(card));
    results.focus({ preventScroll: true });
    results.scrollIntoView({ block: "nearest" });
  }

  function say(sentence) {
    results.replaceChildren(made("p", "sentence", sentence));
  }

  async function take(file) {
    if (file.size > 64 * 2 ** 20) {
      say("This file is too large to be a certificate.");
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const pieces = [];
    for (let at = 0; at < bytes.length; at += 0x8000) {
      pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
    }
    const proofs = Proof.findInFile(pieces.join(""));
    if (proofs.length) {
      field.value = proofs.join("\n");
      show(field.value);
    } else {
      say("“" + file.name + "” names no code in its text. Scan the square code on it with a " +
        "phone, and paste what it reads above.");
    }
  }

  function age() {
    const made = Proof.dayOf(list.made);
    const days = Math.max(0, Math.floor(Date.now() / 86400000) - made);
    const ago = days === 0 ? "today" : days === 1 ? "1 day ago" : days + " days ago";
    const line = document.getElementById("age");
    line.textContent = "As of " + Proof.formal(made) + ", " + ago + ".";
    if (days > 90) {
      line.textContent += " What was revoked since is not known here: ask for a newer page.";
      line.className = "old";
    }
  }

  document.getElementById("form").addEventListener("submit", (event) => {
    event.preventDefault();
    show(field.value);
  });
  document.getElementById("file").addEventListener("change", (event) => {
    if (event.target.files.length) {
      take(event.target.files[0]);
      event.target.value = "";
    }
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      take(event.dataTransfer.files[0]);
    }
  });
  age();
  const given = decodeURIComponent(location.hash.slice(1));
  if (given) {
    field.value = given;
    show(given);
  }
})();
