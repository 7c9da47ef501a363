// Makes a passkey and signs in with one. The page works without it: a link is the other way in.

const decode = (text) => {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
};

const encode = (buffer) => {
  let binary = "";
  for (const byte of new Uint8Array(buffer)) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const ask = async (address, body) => {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const described = (list) => (list ?? []).map((item) => ({ ...item, id: decode(item.id) }));

const make = async (form) => {
  const { ceremony, options } = await ask(form.dataset.begin, {});
  const asked = options.publicKey;
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: decode(asked.challenge),
      user: { ...asked.user, id: decode(asked.user.id) },
      excludeCredentials: described(asked.excludeCredentials),
    },
  });
  return ask(form.dataset.finish, {
    ceremony,
    answer: {
      id: made.id,
      rawId: encode(made.rawId),
      type: made.type,
      extensions: made.getClientExtensionResults(),
      response: {
        attestationObject: encode(made.response.attestationObject),
        clientDataJSON: encode(made.response.clientDataJSON),
        transports: made.response.getTransports?.() ?? null,
      },
    },
  });
};

const show = async (form) => {
  const { ceremony, options } = await ask(form.dataset.begin, {});
  const asked = options.publicKey;
  const shown = await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: decode(asked.challenge),
      allowCredentials: described(asked.allowCredentials),
    },
  });
  const handle = shown.response.userHandle;
  return ask(form.dataset.finish, {
    ceremony,
    answer: {
      id: shown.id,
      rawId: encode(shown.rawId),
      type: shown.type,
      extensions: shown.getClientExtensionResults(),
      response: {
        authenticatorData: encode(shown.response.authenticatorData),
        clientDataJSON: encode(shown.response.clientDataJSON),
        signature: encode(shown.response.signature),
        userHandle: handle ? encode(handle) : null,
      },
    },
  });
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
      const { to } = await (form.dataset.passkey === "make" ? make(form) : show(form));
      window.location.assign(to);
    } catch {
      failed.hidden = false;
      failed.focus();
    }
  });
}
