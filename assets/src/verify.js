// Verifies an act in the reader's browser, by docs/verify.md: record, proof and signed checkpoint, against the key that
// the reader holds. It trusts nothing that this site says: the record is hashed here, the way to the root is walked
// here, and the signature is checked here. It is as strict as the verifiers that work off line.

const TEXT = new TextEncoder();
const PROOF = "c2sp.org/tlog-proof@v1\nindex ";
const NOTE_BYTES_MAX = 2 ** 18;
const UINT64_END = 1n << 64n;

/** What is wrong, as a key of the page's words, with what is to be shown of it. */
class Bad extends Error {
  constructor(word, detail = "") {
    super(word);
    this.word = word;
    this.detail = detail;
  }
}

const need = (condition, word, detail) => {
  if (!condition) throw new Bad(word, detail);
};

// ---- bytes and words

const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

/** Base 64 has one way to write each value; the others are refused. */
function unbase64(text, length) {
  need(/^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0, "form", text);
  const binary = atob(text);
  need(btoa(binary) === text && (length === undefined || binary.length === length), "form", text);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function number(text) {
  need(/^(0|[1-9][0-9]{0,19})$/.test(text), "form", text);
  const value = BigInt(text);
  need(value < UINT64_END, "form", text);
  return value;
}

function utf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Bad("form");
  }
}

// ---- Ed25519, as strictly as the page says

const P = (1n << 255n) - 19n;
const L = (1n << 252n) + 27742317777372353535851937790883648493n;
const little = (bytes) => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
/** The y of the points of small order: a key or a signature made of one proves nothing. */
const SMALL = new Set([
  0n,
  1n,
  P - 1n,
  little(unhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")),
  little(unhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")),
]);

function unhex(text) {
  return Uint8Array.from(text.match(/../g), (digits) => parseInt(digits, 16));
}

/** Whether a point is written in the only way, and is not of small order. */
function isPlainPoint(bytes) {
  const y = little(bytes) & ((1n << 255n) - 1n);
  return y < P && !SMALL.has(y);
}

async function isSignedBy(key, text, signature) {
  if (signature.length !== 64 || !isPlainPoint(signature.subarray(0, 32))) return false;
  if (little(signature.subarray(32)) >= L) return false;
  let known;
  try {
    known = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    throw new Bad(error.name === "NotSupportedError" ? "unsure-signature" : "key");
  }
  return crypto.subtle.verify({ name: "Ed25519" }, known, signature, text);
}

// ---- keys, checkpoints and proofs

const isName = (name) => /^[^\s+\p{Cc}]+$/u.test(name);

async function readKey(line) {
  const [name, id, ...rest] = line.split("+");
  need(rest.length > 0 && isName(name) && /^[0-9a-f]{8}$/.test(id), "key", line);
  const bytes = unbase64(rest.join("+"), 33);
  const made = (await sha256(TEXT.encode(name), [10], bytes)).subarray(0, 4);
  need(bytes[0] === 1 && hex(made) === id && isPlainPoint(bytes.subarray(1)), "key", line);
  return { name, id, key: bytes.subarray(1) };
}

async function readKeys(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  need(lines.length > 0, "key");
  try {
    return await Promise.all(lines.map(readKey));
  } catch (error) {
    throw new Bad("key", error.detail);
  }
}

/** The lines of a checkpoint, not yet believed. */
function readCheckpoint(note) {
  const plain = !/[\u0000-\u0009\u000b-\u001f]/.test(note) && note.endsWith("\n");
  const blank = note.lastIndexOf("\n\n");
  need(plain && blank >= 0 && TEXT.encode(note).length <= NOTE_BYTES_MAX, "form");
  const text = note.slice(0, blank + 1);
  const lines = note.slice(blank + 2).split("\n").slice(0, -1);
  need(lines.length >= 1 && lines.length <= 32, "form");
  const [origin, size, root, end, ...more] = text.split("\n");
  need(isName(origin) && end === "" && more.length === 0, "form");
  return { origin, size: number(size), root: unbase64(root, 32), text, signatures: lines.map(readSignature) };
}

function readSignature(line) {
  const [dash, name, text, ...more] = line.split(" ");
  need(dash === "—" && text !== undefined && more.length === 0 && isName(name), "form", line);
  const bytes = unbase64(text);
  need(bytes.length > 4, "form", line);
  return { name, id: hex(bytes.subarray(0, 4)), bytes: bytes.subarray(4) };
}

function readProof(text) {
  need(text.startsWith(PROOF), "form");
  const end = text.indexOf("\n\n");
  need(end >= PROOF.length, "form");
  const [position, ...hashes] = text.slice(PROOF.length, end).split("\n");
  need(hashes.length <= 63, "form");
  return {
    position: number(position),
    hashes: hashes.map((hash) => unbase64(hash, 32)),
    checkpoint: readCheckpoint(text.slice(end + 2)),
  };
}

/** The keys that signed. One wrong signature in the name of a known key, and nothing of the note is believed. */
async function signersOf(checkpoint, keys) {
  const signers = [];
  for (const key of keys) {
    const lines = checkpoint.signatures.filter((line) => line.name === key.name && line.id === key.id);
    for (const line of lines) {
      need(await isSignedBy(key.key, TEXT.encode(checkpoint.text), line.bytes), "signature", key.id);
    }
    if (lines.length > 0) signers.push(key);
  }
  need(signers.some((key) => key.name === checkpoint.origin), "unsigned", checkpoint.origin);
  return signers;
}

/** From a leaf to the root: RFC 9162, 2.1.3.2. */
async function climb(leaf, { position, hashes, checkpoint }) {
  need(position < checkpoint.size, "path");
  let [at, last, root] = [position, checkpoint.size - 1n, leaf];
  for (const step of hashes) {
    need(last > 0n, "path");
    if (at % 2n === 1n || at === last) {
      root = await sha256([1], step, root);
      while (at % 2n === 0n && at !== 0n) [at, last] = [at >> 1n, last >> 1n];
    } else {
      root = await sha256([1], root, step);
    }
    [at, last] = [at >> 1n, last >> 1n];
  }
  need(last === 0n && same(root, checkpoint.root), "path");
  return root;
}

// ---- the page

const page = document.getElementById("verify");
const words = Object.fromEntries(
  [...document.getElementById("verify-words").content.children].map((word) => [word.dataset.word, word.textContent]),
);
const say = (word, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words[word] ?? word);
const verdict = document.getElementById("verdict");
const steps = ["record", "path", "signature"];

function tell(step, state, text) {
  const place = document.getElementById(`step-${step}`);
  place.dataset.state = state;
  place.querySelector(".c-steps__sign").textContent = { good: "✓", bad: "✗", open: "–", wait: "…" }[state];
  place.querySelector(".c-steps__says").textContent = text;
}

function conclude(state, title, text) {
  verdict.hidden = false;
  verdict.dataset.state = state;
  verdict.querySelector("h2").textContent = title;
  verdict.querySelector("p").textContent = text;
}

/** Runs a step; what goes wrong in it is told at its place and ends the verification. */
async function step(name, work) {
  tell(name, "wait", say("checking"));
  try {
    return await work();
  } catch (error) {
    const known = error instanceof Bad;
    tell(name, "bad", say(known ? `bad-${error.word}` : "bad-failed", { detail: known ? error.detail : String(error) }));
    throw error;
  }
}

async function bytesOf(input, address) {
  const [file] = input.files;
  if (file) return new Uint8Array(await file.arrayBuffer());
  need(address, "files");
  const response = await fetch(address, { cache: "no-store" });
  need(response.ok, response.status === 404 ? "pending" : "fetch", String(response.status));
  return new Uint8Array(await response.arrayBuffer());
}

/** What the record says of itself, for the reader: it must be the act of this page. */
function describe(bytes) {
  let record;
  try {
    record = JSON.parse(utf8(bytes));
  } catch {
    throw new Bad("form");
  }
  need(!page.dataset.act || record.act === page.dataset.act, "other-act", record.act);
  return record;
}

async function verify() {
  const form = page.elements;
  const typed = form.key.value.trim();
  const owned = typed !== "";
  let proof;
  const leaf = await step("record", async () => {
    const bytes = await bytesOf(form.record, page.dataset.record);
    const record = describe(bytes);
    const leaf = await sha256([0], bytes);
    tell("record", "good", say("good-record", { act: record.act, at: record.at, leaf: hex(leaf) }));
    return leaf;
  });
  await step("path", async () => {
    proof = readProof(utf8(await bytesOf(form.proof, page.dataset.proof)));
    const root = await climb(leaf, proof);
    tell("path", "good", say("good-path", { steps: proof.hashes.length, size: proof.checkpoint.size.toLocaleString(document.documentElement.lang), root: hex(root) }));
  });
  await step("signature", async () => {
    const keys = await readKeys(typed || page.dataset.shownKey);
    const [signer] = await signersOf(proof.checkpoint, keys);
    tell("signature", "good", say("good-signature", { origin: proof.checkpoint.origin, key: signer.id }));
  });
  conclude(owned ? "good" : "open", say(owned ? "proven" : "agrees"), say(owned ? "proven-text" : "agrees-text"));
}

async function run(event) {
  event?.preventDefault();
  verdict.hidden = true;
  for (const name of steps) tell(name, "open", "");
  page.setAttribute("aria-busy", "true");
  try {
    await verify();
  } catch (error) {
    // That a browser cannot check, or that nothing was published yet, is no sign that anything was tampered with.
    const unsure = ["unsure-signature", "pending", "fetch", "files", "key"].includes(error.word) || !(error instanceof Bad);
    conclude(unsure ? "open" : "bad", say(unsure ? "unsure" : "refused"), say(unsure ? "unsure-text" : "refused-text"));
  }
  page.removeAttribute("aria-busy");
  verdict.focus();
}

/** Files may be dropped anywhere on the form; the proof is told from the record by its first line. */
async function drop(event) {
  event.preventDefault();
  for (const file of event.dataTransfer.files) {
    const start = await file.slice(0, PROOF.length).text();
    const list = new DataTransfer();
    list.items.add(file);
    page.elements[start === PROOF ? "proof" : "record"].files = list.files;
  }
}

if (!window.isSecureContext || !globalThis.crypto?.subtle) {
  conclude("open", say("unsure"), say("insecure"));
} else {
  page.hidden = false;
  page.addEventListener("submit", run);
  page.addEventListener("dragover", (event) => event.preventDefault());
  page.addEventListener("drop", drop);
}
