// Reads and judges proofs of certificates as the program does; the format stands in proof.py.
// A verdict is {status, sentence, rows, day}: rows are pairs of label and value.
const Proof = (() => {
  "use strict";

  const PREFIX = "CIT1.";
  const SIGNATURE = 64;
  const HEAD = 26;
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const SPACE = /[ \t\r\n\f\v\xa0]+/g;
  const WRITTEN = /CIT1\.((?:[ \t\r\n\f\v\xa0]*[A-Z2-7])+)[ \t\r\n\f\v\xa0]*(?:\.|$)/g;
  const MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ];
  const CERTIFIED = [
    "Completed the course", "Completed the course", "Completed the course", "Taught the course",
    "Attended a part of the course",
  ];

  const bare = (text) => text.replace(SPACE, "");

  // Reading

  function find(text) {
    const found = [];
    const pattern = new RegExp(WRITTEN.source, "g");
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      found.push(PREFIX + bare(match[1]) + ".");
    }
    return found;
  }

  // The proofs that a PDF names in its description, given its bytes as letters: written plainly,
  // with two bytes a letter, or in hexadecimal digits.
  function findInFile(letters) {
    const written = letters.match(/<[\s0-9A-Fa-f]{100,}>/g) || [];
    const spelled = written.map((hex) => bare(hex).slice(1, -1).replace(/../g, (pair) =>
      String.fromCharCode(parseInt(pair, 16))));
    for (const text of [letters, ...spelled]) {
      const found = find(text.replace(/\0/g, ""));
      if (found.length) {
        return found;
      }
    }
    return [];
  }

  // The bytes of a text in base32, or null; there is one way to write them.
  function decoded(letters) {
    if (![0, 2, 4, 5, 7].includes(letters.length % 8)) {
      return null;
    }
    const bytes = new Uint8Array(Math.floor(letters.length * 5 / 8));
    let held = 0;
    let bits = 0;
    let at = 0;
    for (const letter of letters) {
      const value = LETTERS.indexOf(letter);
      if (value < 0) {
        return null;
      }
      held = (held << 5 | value) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = held >> bits;
      }
    }
    return held & ((1 << bits) - 1) ? null : bytes;
  }

  function encoded(bytes) {
    let text = "";
    for (let bit = 0; bit < bytes.length * 8; bit += 5) {
      const pair = bytes[bit >> 3] << 8 | (bytes[(bit >> 3) + 1] || 0);
      text += LETTERS[pair >> (11 - bit % 8) & 31];
    }
    return text;
  }

  // A text in UTF-8; throws what is none.
  function spoken(bytes) {
    const hex = Array.from(bytes, (byte) => "%" + ("0" + byte.toString(16)).slice(-2));
    return decodeURIComponent(hex.join(""));
  }

  function read(text) {
    const written = bare(text);
    if (!written.startsWith(PREFIX)) {
      return null;
    }
    const payload = decoded(written.slice(PREFIX.length).replace(/\.$/, ""));
    if (payload === null || payload.length < HEAD + 3 + SIGNATURE) {
      return null;
    }
    const record = payload.slice(0, payload.length - SIGNATURE);
    const signed = new Uint8Array(PREFIX.length + record.length);
    signed.set(Array.from(PREFIX, (letter) => letter.charCodeAt(0)));
    signed.set(record, PREFIX.length);
    const facts = unpacked(record);
    return facts && { facts, signed, signature: payload.slice(payload.length - SIGNATURE) };
  }

  function unpacked(record) {
    const pair = (at) => record[at] << 8 | record[at + 1];
    const texts = [];
    let at = HEAD;
    try {
      for (let count = 0; count < 3; count++) {
        const end = at + 1 + record[at];
        if (!(end <= record.length)) {
          return null;
        }
        texts.push(spoken(record.slice(at + 1, end)));
        at = end;
      }
    } catch (error) {
      return null;
    }
    if (at !== record.length || record[8] >= CERTIFIED.length || record[25] & 63) {
      return null;
    }
    const code = encoded(record.slice(19, HEAD));
    const key = Array.from(record.slice(0, 8), (byte) => ("0" + byte.toString(16)).slice(-2));
    return {
      key: key.join(""),
      certified: CERTIFIED[record[8]],
      minutes: pair(9),
      starts: pair(11),
      ends: pair(13),
      completed: pair(15),
      issued: pair(17),
      code: code.slice(0, 5) + "-" + code.slice(5, 10),
      number: texts[0],
      name: texts[1],
      course: texts[2],
    };
  }

  // Words

  function parts(day) {
    const date = new Date(day * 86400000);
    return [date.getUTCFullYear(), MONTHS[date.getUTCMonth()], date.getUTCDate()];
  }

  function formal(day) {
    const [year, month, number] = parts(day);
    return month + " " + number + ", " + year;
  }

  function formalDays(first, last) {
    const [year, month, number] = parts(first);
    const [lastYear, lastMonth, lastNumber] = parts(last);
    if (first === last) {
      return formal(first);
    }
    if (year === lastYear && month === lastMonth) {
      return month + " " + number + "–" + lastNumber + ", " + lastYear;
    }
    const opening = year === lastYear ? month + " " + number : formal(first);
    return opening + " – " + formal(last);
  }

  function dayOf(text) {
    const [year, month, day] = text.split("-").map(Number);
    return Math.round(Date.UTC(year, month - 1, day) / 86400000);
  }

  function hours(minutes) {
    const text = (minutes / 60).toFixed(2).replace(/\.?0+$/, "");
    return text.replace(/^(\d+)(\d{3})(?=\.|$)/, "$1,$2");
  }

  function told(facts) {
    return [
      ["Name", facts.name],
      ["Certifies", facts.certified],
      ["Course", facts.course],
      ["Hours", hours(facts.minutes)],
      ["Class", formalDays(facts.starts, facts.ends)],
      ["Completed", formal(facts.completed)],
      ["Number", facts.number],
      ["Issued", formal(facts.issued)],
      ["Code", facts.code],
      ["Key", facts.key],
    ];
  }

  // Judging

  const verdict = (status, sentence, rows) => ({ status, sentence, rows });

  function judge(text, list) {
    const found = find(text);
    return found.length ? found.map((one) => judgeOne(one, list)) : [judgeOne(text, list)];
  }

  function judgeOne(text, list) {
    const proof = read(text);
    if (proof === null) {
      return unreadable(text);
    }
    const rows = told(proof.facts);
    const key = list.keys.find((one) => one.key_id === proof.facts.key);
    if (!key) {
      return verdict("unknown key", "Nobody here knows the key " + proof.facts.key +
        " that signed it, so anybody may have made it. Ask the chapter named on it for its " +
        "list of keys.", rows);
    }
    if (!Ed25519.verify(proof.signature, proof.signed, bytesOf(key.public_key))) {
      return verdict("changed", "It was changed after it was signed, or was never issued. " +
        "Do not accept it.", rows);
    }
    return standing(proof.facts, rows, key.chapter, list);
  }

  function standing(facts, rows, chapter, list) {
    const found = list.withdrawn.find((one) => one.number === facts.number);
    if (!found) {
      return verdict("valid", "This certificate is genuine. " + chapter + " issued it.", rows);
    }
    const on = formal(dayOf(found.day)) + ".";
    const what = found.status === "revoked" ? "revoked it" : "replaced it by " + found.by;
    const why = found.reason ? " Reason: " + found.reason.replace(/\.+$/, "") + "." : "";
    return verdict(found.status, chapter + " issued it and " + what + " on " + on + why, rows);
  }

  function unreadable(text) {
    if (bare(text).includes(PREFIX)) {
      return verdict("changed", "Its code is damaged or was changed, and cannot be read. " +
        "Do not accept it.", []);
    }
    return verdict("no certificate", "There is no code of a certificate in this.", []);
  }

  function bytesOf(base64) {
    const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const letters = base64.replace(/=+$/, "");
    const bytes = new Uint8Array(Math.floor(letters.length * 6 / 8));
    for (let n = 0; n < bytes.length * 8; n++) {
      const value = digits.indexOf(letters[Math.floor(n / 6)]);
      bytes[n >> 3] |= (value >> (5 - n % 6) & 1) << (7 - (n & 7));
    }
    return bytes;
  }

  return { findInFile, judge, dayOf, formal };
})();
