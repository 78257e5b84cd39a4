import { escapeHtml } from "./fill";

/** What a digest says of one subject: each line leads to its notice. */
export type MailGroup = { heading: string; lines: { label: string; text: string; url: string }[] };

/** Links at the foot by which its reader stops this kind of mail, or chooses for all. */
export type StopLinks = { label: string; stopUrl: string; choices: string; choicesUrl: string };

/** What a written mail consists of, in reading order. */
export type MailParts = {
  locale: "vi" | "en";
  subject: string;
  exchange: string;
  greeting: string;
  /** main sentences */
  paragraphs: string[];
  /** reason and note of a decision */
  quoted: string[];
  groups?: MailGroup[];
  button: { label: string; url: string };
  copyLink: string;
  closing: string;
  /** who to call */
  contact: string[];
  why: string;
  automatic: string;
  stop?: StopLinks;
};

/** The text version: the same words, the address on a line of its own. */
export function textLayout(parts: MailParts): string {
  return [
    parts.greeting,
    ...parts.paragraphs,
    ...(parts.groups ?? []).map(groupText),
    ...parts.quoted,
    `${parts.button.label}:\n${parts.button.url}`,
    [parts.closing, parts.exchange, ...parts.contact].join("\n"),
    `-- \n${parts.why}\n${parts.automatic}`,
    ...(parts.stop
      ? [`${parts.stop.label}:\n${parts.stop.stopUrl}\n${parts.stop.choices}:\n${parts.stop.choicesUrl}`]
      : []),
  ].join("\n\n");
}

const groupText = ({ heading, lines }: MailGroup): string =>
  [heading, ...lines.map(({ label, text, url }) => `- ${[label, text].filter(Boolean).join(": ")}\n  ${url}`)]
    .filter(Boolean)
    .join("\n");

const FONT = "font-family:'Be Vietnam Pro','Segoe UI',Roboto,Helvetica,Arial,sans-serif";
// colours that read well both as they are and when a mail client darkens them; the style block serves those that ask
const DARK = `@media (prefers-color-scheme: dark){.page{background:#12181f!important}.sheet{background:#1c242d!important;border-color:#33404d!important}.ink{color:#e8edf2!important}.soft{color:#a9b6c3!important}.quote{background:#26313c!important;color:#e8edf2!important}.link{color:#8cc4ff!important}.group{border-color:#8cc4ff!important}}`;

/** Table layout of 600 px, inline styles, no picture and nothing loaded from anywhere. */
export function htmlLayout(parts: MailParts): string {
  const p = (text: string, className = "ink", style = "color:#1b2733") =>
    `<p class="${className}" style="margin:0 0 16px;${FONT};font-size:16px;line-height:1.6;${style}">${escapeHtml(text)}</p>`;
  const url = escapeHtml(parts.button.url);
  const link = (href: string, label: string) =>
    `<a class="link" href="${escapeHtml(href)}" style="color:#0b5394">${escapeHtml(label)}</a>`;
  const group = ({ heading, lines }: MailGroup) =>
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 20px"><tr><td class="group" style="padding:0 0 0 14px;border-left:4px solid #0b5394">${
      heading
        ? `<p class="ink" style="margin:0 0 6px;${FONT};font-size:16px;line-height:1.5;font-weight:600;color:#1b2733">${escapeHtml(heading)}</p>`
        : ""
    }${lines
      .map(
        (line) =>
          `<p class="ink" style="margin:0 0 8px;${FONT};font-size:15px;line-height:1.5;color:#1b2733">${link(line.url, line.label)}${line.text ? `<br>${escapeHtml(line.text)}` : ""}</p>`,
      )
      .join("")}</td></tr></table>`;
  return `<!doctype html>
<html lang="${parts.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escapeHtml(parts.subject)}</title><style>${DARK}</style></head>
<body class="page" style="margin:0;padding:0;background:#eef2f5">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#eef2f5"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="sheet" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background:#ffffff;border:1px solid #d5dde4;border-radius:8px">
<tr><td style="padding:20px 32px;background:#0b5394;border-radius:8px 8px 0 0;${FONT};font-size:16px;font-weight:600;color:#ffffff">${escapeHtml(parts.exchange)}</td></tr>
<tr><td style="padding:28px 32px 8px">
${p(parts.greeting)}
${parts.paragraphs.map((text) => p(text)).join("\n")}
${(parts.groups ?? []).map(group).join("\n")}
${parts.quoted.map((text) => `<p class="quote" style="margin:0 0 16px;padding:12px 16px;background:#f1f5f8;border-left:4px solid #0b5394;${FONT};font-size:16px;line-height:1.6;color:#1b2733">${escapeHtml(text)}</p>`).join("\n")}
<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 20px"><tr><td style="background:#0b5394;border-radius:6px"><a href="${url}" style="display:inline-block;padding:14px 24px;${FONT};font-size:16px;font-weight:600;color:#ffffff;text-decoration:none">${escapeHtml(parts.button.label)}</a></td></tr></table>
<p class="soft" style="margin:0 0 16px;${FONT};font-size:14px;line-height:1.5;color:#55636f">${escapeHtml(parts.copyLink)}<br><a class="link" href="${url}" style="color:#0b5394;word-break:break-all">${url}</a></p>
<p class="ink" style="margin:0 0 16px;${FONT};font-size:16px;line-height:1.6;color:#1b2733">${[parts.closing, parts.exchange, ...parts.contact].map(escapeHtml).join("<br>")}</p>
</td></tr>
<tr><td class="soft" style="padding:16px 32px 24px;border-top:1px solid #d5dde4;${FONT};font-size:13px;line-height:1.5;color:#55636f">${escapeHtml(parts.why)}<br>${escapeHtml(parts.automatic)}${
    parts.stop
      ? `<br><br>${link(parts.stop.stopUrl, parts.stop.label)}<br>${link(parts.stop.choicesUrl, parts.stop.choices)}`
      : ""
  }</td></tr>
</table></td></tr></table></body></html>`;
}
