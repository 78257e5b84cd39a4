import { escapeHtml } from "./fill";

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
  button: { label: string; url: string };
  copyLink: string;
  closing: string;
  /** who to call */
  contact: string[];
  why: string;
  automatic: string;
};

/** The text version: the same words, the address on a line of its own. */
export function textLayout(parts: MailParts): string {
  return [
    parts.greeting,
    ...parts.paragraphs,
    ...parts.quoted,
    `${parts.button.label}:\n${parts.button.url}`,
    [parts.closing, parts.exchange, ...parts.contact].join("\n"),
    `-- \n${parts.why}\n${parts.automatic}`,
  ].join("\n\n");
}

const FONT = "font-family:'Be Vietnam Pro','Segoe UI',Roboto,Helvetica,Arial,sans-serif";
// colours that read well both as they are and when a mail client darkens them; the style block serves those that ask
const DARK = `@media (prefers-color-scheme: dark){.page{background:#12181f!important}.sheet{background:#1c242d!important;border-color:#33404d!important}.ink{color:#e8edf2!important}.soft{color:#a9b6c3!important}.quote{background:#26313c!important;color:#e8edf2!important}.link{color:#8cc4ff!important}}`;

/** Table layout of 600 px, inline styles, no picture and nothing loaded from anywhere. */
export function htmlLayout(parts: MailParts): string {
  const p = (text: string, className = "ink", style = "color:#1b2733") =>
    `<p class="${className}" style="margin:0 0 16px;${FONT};font-size:16px;line-height:1.6;${style}">${escapeHtml(text)}</p>`;
  const url = escapeHtml(parts.button.url);
  return `<!doctype html>
<html lang="${parts.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escapeHtml(parts.subject)}</title><style>${DARK}</style></head>
<body class="page" style="margin:0;padding:0;background:#eef2f5">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#eef2f5"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="sheet" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background:#ffffff;border:1px solid #d5dde4;border-radius:8px">
<tr><td style="padding:20px 32px;background:#0b5394;border-radius:8px 8px 0 0;${FONT};font-size:16px;font-weight:600;color:#ffffff">${escapeHtml(parts.exchange)}</td></tr>
<tr><td style="padding:28px 32px 8px">
${p(parts.greeting)}
${parts.paragraphs.map((text) => p(text)).join("\n")}
${parts.quoted.map((text) => `<p class="quote" style="margin:0 0 16px;padding:12px 16px;background:#f1f5f8;border-left:4px solid #0b5394;${FONT};font-size:16px;line-height:1.6;color:#1b2733">${escapeHtml(text)}</p>`).join("\n")}
<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 20px"><tr><td style="background:#0b5394;border-radius:6px"><a href="${url}" style="display:inline-block;padding:14px 24px;${FONT};font-size:16px;font-weight:600;color:#ffffff;text-decoration:none">${escapeHtml(parts.button.label)}</a></td></tr></table>
<p class="soft" style="margin:0 0 16px;${FONT};font-size:14px;line-height:1.5;color:#55636f">${escapeHtml(parts.copyLink)}<br><a class="link" href="${url}" style="color:#0b5394;word-break:break-all">${url}</a></p>
<p class="ink" style="margin:0 0 16px;${FONT};font-size:16px;line-height:1.6;color:#1b2733">${[parts.closing, parts.exchange, ...parts.contact].map(escapeHtml).join("<br>")}</p>
</td></tr>
<tr><td class="soft" style="padding:16px 32px 24px;border-top:1px solid #d5dde4;${FONT};font-size:13px;line-height:1.5;color:#55636f">${escapeHtml(parts.why)}<br>${escapeHtml(parts.automatic)}</td></tr>
</table></td></tr></table></body></html>`;
}
