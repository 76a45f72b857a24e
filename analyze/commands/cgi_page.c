/* The page: see cgi_page.h. Style and script stand in it, and its policy allows these two by their digests,
 * and nothing else: whatever a report holds, it runs nothing and fetches nothing. */
#include "analyze/commands/cgi_page.h"

#include "analyze/mailwhy.h"
#include "analyze/report/html_files.h"
#include "analyze/report/language.h"
#include "analyze/report/words.h"

/* Behind that of reports (html_files.h). */
static const char style[] =
    "nav{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;margin:.5rem .3rem 1rem}\n"
    "nav h1,nav p{font-size:1.25rem;font-weight:600;margin:0}nav a{font-weight:600;white-space:nowrap}\n"
    "form,.note,details.copy{background:var(--card);border:1px solid "
    "var(--line);border-radius:.75rem;padding:1.1rem 1.25rem;"
    "margin:0 0 1rem}article~form{margin-top:2rem}\n"
    ".note{border-left:.4rem solid var(--bad)}.note h2{color:var(--bad)}\n"
    "label{display:block}fieldset{border:0;padding:0;margin:.8rem 0;min-width:0}small{color:var(--soft)}\n"
    "textarea{width:100%;height:14rem;font:.85rem/1.4 var(--mono);padding:.5rem;margin:.3rem 0 .8rem;"
    "resize:vertical}select{font:inherit;padding:.2rem "
    ".4rem}textarea,select,input[type=file]{color:inherit;background:var(--page);border:1px solid "
    "var(--plain);border-radius:.4rem}\n"
    "input[type=file]{display:block;width:100%;margin:.3rem 0 "
    ".8rem;padding:.8rem;border-style:dashed;font:inherit}\n"
    "button.main,button.copy{font:inherit;font-weight:600;padding:.6rem "
    "2rem;cursor:pointer}button.copy{float:right;font-weight:400;"
    "padding:.1rem .9rem;margin:.4rem .7rem}\n"
    "form details{margin:1rem 0}details.copy{padding:.45rem 1.25rem;margin:0 0 "
    ".5rem}details.copy~article{margin-top:1rem}details.copy summary{font-weight:600}"
    "pre.copy{user-select:all;white-space:pre;overflow-x:auto}\n"
    ".input{font-family:var(--mono);margin:2rem .3rem .5rem}\n"
    "@media print{nav,form,details.copy,button.copy{display:none}}\n";

/* What is handier with it: dropping files anywhere, one after the other, Ctrl+Enter, a button to copy, and
 * that nothing is sent twice, or at all where it is too large: a server refuses that with a page of its own,
 * and the form is gone. */
static const char script[] =
    "'use strict';(()=>{const "
    "f=document.forms[0],file=f.elements.file,send=f.elements.send,word=send.textContent;\n"
    "const hasFiles=e=>e.target.type!=='file'&&e.dataTransfer.types.includes('Files');\n"
    "addEventListener('dragover',e=>{if(hasFiles(e))e.preventDefault()});\n"
    "const check=()=>{const all=[...file.files],sum=all.reduce((n,x)=>n+x.size,0);\n"
    "file.setCustomValidity(sum>file.dataset.bytes||all.length>file.dataset.files?"
    "'This is more than the page takes: '+send.nextElementSibling.textContent:'')};\n"
    "file.addEventListener('change',check);\n"
    "addEventListener('drop',e=>{if(!hasFiles(e))return;e.preventDefault();const t=new DataTransfer();\n"
    "for(const x of [...file.files,...e.dataTransfer.files])t.items.add(x);"
    "file.files=t.files;check();file.reportValidity()});\n"
    "f.addEventListener('keydown',e=>{if(e.key==='Enter'&&(e.ctrlKey||e.metaKey))f.requestSubmit()});\n"
    "f.addEventListener('submit',()=>{send.textContent='Reading \\u2026';send.disabled=true});\n"
    "addEventListener('pageshow',()=>{send.textContent=word;send.disabled=false;check()});\n"
    "for(const d of document.querySelectorAll('details.copy')){const b=document.createElement('button'),"
    "p=d.querySelector('pre');b.type='button';b.className='copy';b.textContent='Copy';\n"
    "b.onclick=()=>{const t=document.createElement('textarea');t.value=p.textContent;d.before(t);t.select();"
    "const done=document.execCommand('copy');t.remove();b.textContent=done?'Copied':'Press Ctrl+C';\n"
    "if(!done){d.open=true;getSelection().selectAllChildren(p)}};d.before(b)}})();\n";

static const struct answer {
    enum http_status status;
    const char *phrase;      /* RFC 9110 section 15 */
    const char *title, *why; /* NULL: there is nothing to say */
} answers[] = {
    {HTTP_OK, "OK", NULL, NULL},
    {HTTP_BAD_REQUEST, "Bad Request", "Nothing to explain arrived",
     "What arrived is empty, or not whole. Paste a text or choose a file, and send it again."},
    {HTTP_NO_METHOD, "Method Not Allowed", "This page is asked another way",
     "It takes GET and HEAD, which show it, and POST, which explains what is sent."},
    {HTTP_TOO_SLOW, "Request Timeout", "The upload took too long",
     "What is sent has to be here within the time below. Over a slow line, compress the file first: gzip, "
     "zip, xz, zstd "
     "and bzip2 are understood."},
    {HTTP_NO_LENGTH, "Length Required", "The length of the upload is missing",
     "The browser, or a server between it and this page, did not say how much it sends."},
    {HTTP_TOO_LARGE, "Content Too Large", "This is more than the page takes",
     "How much it takes stands below. Send the part that matters, or less at a time; a mailbox (mbox) counts "
     "as one file, and gzip, xz, zstd and bzip2 are understood. There is no limit for mailwhy on your own "
     "machine."},
    {HTTP_NO_FORM, "Unsupported Media Type", "This was not sent by the form",
     "A form is expected, as multipart/form-data: use the one below."},
    {HTTP_NOT_UNDERSTOOD, "Unprocessable Content", "The DNS snapshot is wrong",
     "It holds records as dig prints them, or as they stand in zone files. Mend it, or leave it out:"},
    {HTTP_WENT_WRONG, "Internal Server Error", "This went wrong here",
     "There is no report. If the same input fails again, tell whoever runs this page; nothing of it was "
     "kept."},
    {HTTP_TOO_LONG, "Gateway Timeout", "Reading this took too long",
     "It was stopped, and there is no report. Send less of it, or read it with mailwhy on your own machine, "
     "which has "
     "more time."},
};

static const struct answer *answer_of(enum http_status status) {
    for (size_t i = 0; i < G_N_ELEMENTS(answers); i++)
        if (answers[i].status == status)
            return &answers[i];
    return answer_of(HTTP_WENT_WRONG);
}

/* Whatever the bytes are, as text of HTML. */
static void append_text(GString *out, const char *bytes, size_t length) {
    g_autofree char *valid = g_utf8_make_valid(bytes, (gssize)length);
    g_autofree char *escaped = g_markup_escape_text(valid, -1);
    g_string_append(out, escaped);
}

/* --- the form --- */

static void append_tick(GString *out, const char *name, bool is_ticked, const char *label) {
    g_string_append_printf(out, "<label><input type=\"checkbox\" name=\"%s\" value=\"yes\"%s> %s</label>\n",
                           name, is_ticked ? " checked" : "", label);
}

static void append_languages(GString *out, const char *chosen) {
    const struct language *language;
    const char *code;
    g_string_append(out, "<label>Language of the text for the customer <select name=\"lang\">");
    for (size_t i = 0; (code = mailwhy_language_at(i)); i++) {
        language_find(code, &language);
        g_string_append_printf(out, "<option value=\"%s\"%s>%s</option>", code,
                               strcmp(code, chosen) == 0 ? " selected" : "",
                               language_say(language, words_text(NAME_OF_THIS_LANGUAGE)));
    }
    g_string_append(out, "</select></label>\n");
}

static void append_evidence(GString *out, const struct cgi_form *form, const struct options *o) {
    g_string_append(out, "<details><summary>Check against the DNS</summary>\n"
                         "<label for=\"dns\">A DNS snapshot: what dig prints, or a zone file</label>\n"
                         "<input type=\"file\" name=\"dns\" id=\"dns\">\n");
    if (o->asks_dns)
        append_tick(out, "ask", form && form->asks,
                    "Ask the DNS now <small>(the names in the mail are looked up from this server)</small>");
    g_string_append(out, "</details>\n");
}

/* The pasted text again; not below a report that is to be passed on without the names in it. */
static void append_box(GString *out, const struct cgi_page *page, const struct options *o) {
    const struct cgi_form *form = page->form;
    bool is_hidden = page->report && (form->redacts || o->library.redact);
    g_string_append_printf(out, "<textarea name=\"text\" id=\"text\" spellcheck=\"false\"%s%s>\n",
                           form ? "" : " autofocus",
                           is_hidden && form->text ? " placeholder=\"What was pasted is not shown again: it "
                                                     "holds what is replaced above\""
                                                   : "");
    if (form && form->text && !is_hidden)
        append_text(out, form->text->str, form->text->len);
    g_string_append(out, "</textarea>\n");
}

static void append_form(GString *out, const struct cgi_page *page, const struct options *o) {
    const struct cgi_form *form = page->form;
    g_string_append(out,
                    "<form method=\"post\" enctype=\"multipart/form-data\" accept-charset=\"utf-8\">\n"
                    "<label for=\"text\">A bounce, a header, an error message, a piece of a log, or what the "
                    "customer wrote</label>\n");
    append_box(out, page, o);
    g_string_append_printf(
        out,
        "<label for=\"file\">and files: messages (.eml), mailboxes, logs; compressed ones too</label>\n"
        "<input type=\"file\" name=\"file\" id=\"file\" multiple data-bytes=\"%" G_GUINT64_FORMAT
        "\" data-files=\"%u\">\n<fieldset>\n",
        (guint64)o->most_mib << 20, LIMIT_FORM_FILES);
    append_languages(out, page->language);
    if (!o->library.redact)
        append_tick(out, "redact", form && form->redacts,
                    "Replace names and addresses of people <small>(to pass the report on)</small>");
    append_evidence(out, form, o);
    g_string_append_printf(
        out,
        "</fieldset>\n<button class=\"main\" name=\"send\">Explain</button> <small>up to %u MiB, "
        "and %u files, within %u seconds; nothing is kept</small>\n</form>\n",
        o->most_mib, LIMIT_FORM_FILES, o->most_seconds);
}

/* --- the page --- */

static void append_head(GString *out, const struct cgi_page *page) {
    const char *tag = page->report ? "p" : "h1"; /* a report has titles of its own */
    g_string_append_printf(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"format-detection\" content=\"telephone=no,date=no,address=no,email=no,url=no\">\n"
        "<title>%s</title>\n<style>%s%s</style></head><body>\n<main>\n<nav><%s>Why was this mail "
        "refused?</%s>",
        page->report ? "mailwhy report" : "mailwhy", html_style, style, tag, tag);
    g_string_append(out, page->form ? "<a href=\"?\" accesskey=\"n\">New</a></nav>\n" : "</nav>\n");
}

static void append_note(GString *out, const struct cgi_page *page) {
    const struct answer *answer = answer_of(page->status);
    if (!answer->title)
        return;
    g_string_append_printf(out, "<div class=\"note\" role=\"alert\"><h2 class=\"bad\">%s</h2><p>%s</p>",
                           answer->title, answer->why);
    if (page->notes) {
        g_string_append(out, "<pre>");
        append_text(out, page->notes->str, page->notes->len);
        g_string_append(out, "</pre>");
    }
    g_string_append(out, "</div>\n");
}

static void append_silence(GString *out, const struct cgi_page *page) {
    if (page->form && page->form->dns_is_silent)
        g_string_append(out,
                        "<div class=\"note\" role=\"status\"><h2>The DNS could not be asked</h2><p>No name "
                        "server answered this page in time. The report says what is known without it."
                        "</p></div>\n");
}

static void append_copies(GString *out, const struct cgi_page *page) {
    for (size_t i = 0; i < page->copy_count; i++) {
        if (!page->copies[i].text)
            continue;
        g_string_append_printf(
            out, "<details class=\"copy\"><summary>%s</summary>\n<pre class=\"copy\" lang=\"%s\">",
            page->copies[i].title, page->copies[i].language);
        append_text(out, page->copies[i].text->str, page->copies[i].text->len);
        g_string_append(out, "</pre></details>\n");
    }
}

static void append_page(GString *out, const struct cgi_page *page, const struct options *o) {
    append_head(out, page);
    append_note(out, page);
    if (page->report) {
        append_silence(out, page);
        append_copies(out, page);
        g_string_append_len(out, page->report->str, (gssize)page->report->len);
    }
    append_form(out, page, o);
    g_string_append_printf(out, "</main>\n<script>%s%s</script></body></html>\n", html_script, script);
}

/* --- the header --- */

/* As a policy names what it allows (Content Security Policy Level 3, section 2.3.1). */
static char *digest_of(const char *first, const char *second) {
    guint8 digest[32];
    gsize length = sizeof digest;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)first, -1);
    g_checksum_update(sum, (const guchar *)second, -1);
    g_checksum_get_digest(sum, digest, &length);
    g_checksum_free(sum);
    return g_base64_encode(digest, length);
}

static void append_header(GString *out, enum http_status status, gsize length) {
    g_autofree char *style_digest = digest_of(html_style, style);
    g_autofree char *script_digest = digest_of(html_script, script);
    g_string_append_printf(out, "Status: %d %s\r\n", (int)status, answer_of(status)->phrase);
    if (status == HTTP_NO_METHOD)
        g_string_append(out, "Allow: GET, HEAD, POST\r\n");
    g_string_append_printf(
        out,
        "Content-Type: text/html; charset=utf-8\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'sha256-%s'; script-src "
        "'sha256-%s'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
        "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
        "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n"
        "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n\r\n",
        length, style_digest, script_digest);
}

void cgi_page_write(const struct cgi_page *page, const struct options *options, GString *answer) {
    g_autoptr(GString) text = g_string_new(NULL);
    append_page(text, page, options);
    append_header(answer, page->status, text->len);
    if (!page->is_head)
        g_string_append_len(answer, text->str, (gssize)text->len);
}
