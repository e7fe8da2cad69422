// The questions of this page. They are nowhere else, and gone when it is closed.

const most = 20;
let asked = [];

export const questions = () => asked;

export function remember(question) {
  asked = [question, ...asked.filter((other) => other !== question)].slice(0, most);
}

export function forget() {
  asked = [];
}
