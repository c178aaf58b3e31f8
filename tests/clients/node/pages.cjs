'use strict';
// A person at a browser without scripts: fills in the forms between an authorization request and the app's callback.
const hub = require('./hub.cjs');

const unescape = (text) => text.replace(/&(lt|gt|quot|#39|#x2F|amp);/g, (_, name) =>
  ({ lt: '<', gt: '>', quot: '"', '#39': "'", '#x2F': '/', amp: '&' })[name]);
const attribute = (tag, name) => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? unescape(found[1]) : '';
};

class Person {
  constructor() {
    this.cookies = new Map();
  }

  async request(url, form) {
    const headers = { accept: 'text/html', cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') };
    if (form) headers.origin = hub.issuer;
    const answer = await fetch(url, { method: form ? 'POST' : 'GET', headers, redirect: 'manual',
      body: form && new URLSearchParams(form) });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  // The form of a page with what it would send, and what this person enters.
  answerTo(html) {
    for (const [, open, body] of html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
      const sent = [...body.matchAll(/<input([^>]*)>/g)].map(([, tag]) => tag)
        .filter((tag) => !/type="(radio|checkbox|submit)"/.test(tag) || /\schecked/.test(tag))
        .map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')]).filter(([name]) => name !== '');
      const form = new Map(sent);
      if (form.has('password') && form.has('email')) {
        form.set('email', process.env.HUB_EMAIL).set('password', process.env.HUB_PASSWORD);
      } else if (/name="decision"/.test(body)) {
        form.set('decision', 'allow');
        if (body.includes(`value="${hub.customer}"`)) form.set('organization', hub.customer);
      } else {
        continue;
      }
      return { action: attribute(open, 'action'), form };
    }
    throw new Error(`no form to fill in: ${html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 500)}`);
  }

  // From the app's link to the URL it is called back at.
  async consent(url) {
    let answer = await this.request(url);
    for (let steps = 0; steps < 12; steps += 1) {
      if (answer.status === 302 || answer.status === 303) {
        const next = new URL(answer.headers.get('location'), hub.issuer);
        if (next.toString().startsWith(hub.redirect)) return next.toString();
        answer = await this.request(next);
      } else if (answer.status === 200) {
        const { action, form } = this.answerTo(await answer.text());
        answer = await this.request(new URL(action, hub.issuer), form);
      } else {
        throw new Error(`${answer.status}: ${await answer.text()}`);
      }
    }
    throw new Error('the pages lead nowhere');
  }
}

module.exports = { Person };
