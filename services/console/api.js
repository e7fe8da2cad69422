// The API over HTTP, for the pages of the console. Token and corpus live as long as the page.

export const access = { token: "", corpus: "default" };

export class ApiError extends Error {
  constructor(status, error) {
    super(error.message || `The server answered with ${status}.`);
    this.status = status;
    this.details = error.details || [];
  }
}

function headers() {
  const sent = { "Content-Type": "application/json" };
  if (access.token) sent.Authorization = `Bearer ${access.token}`;
  return sent;
}

async function send(verb, path, body, signal) {
  let response;
  try {
    response = await fetch(`/v1/${path}`, {
      method: verb,
      headers: headers(),
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new ApiError(0, { message: "The server cannot be reached." });
  }
  if (response.ok) return response;
  const text = await response.text();
  let error = {};
  try {
    error = JSON.parse(text).error ?? {};
  } catch {
    // Something between here and the server has answered.
  }
  throw new ApiError(response.status, error);
}

export const corpus = () => `corpora/${access.corpus}`;

// A resource name as part of a path.
export const inPath = (name) => name.split("/").map(encodeURIComponent).join("/");

export async function call(verb, path, body, signal) {
  return (await send(verb, path, body, signal)).json();
}

// Calls `onPart` with each response of a stream, in order.
export async function stream(path, body, onPart, signal) {
  const response = await send("POST", path, body, signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    waiting += value;
    const events = waiting.split("\n\n");
    waiting = events.pop();
    for (const event of events) {
      const data = JSON.parse(event.slice(event.indexOf("data: ") + 6));
      if (event.startsWith("event: error")) throw new ApiError(data.error.code, data.error);
      onPart(data);
    }
  }
}
