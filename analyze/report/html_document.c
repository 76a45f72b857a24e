/* The document around HTML reports: see html_document.h. */
#include "analyze/report/html_document.h"

#include "analyze/report/html_files.h"

/* A source of CSP (Content Security Policy Level 3, section 2.3.1): the digest of the very bytes between the
 * tags. */
static void append_digest(GString *out, const char *bytes) {
    guint8 digest[32];
    gsize length = sizeof digest;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)bytes, -1);
    g_checksum_get_digest(sum, digest, &length);
    g_autofree char *text = g_base64_encode(digest, length);
    g_string_append_printf(out, "'sha256-%s'", text);
}

void html_body_begin(GString *out) {
    g_string_append(out, "</head>\n<body>\n<main>\n");
}

void html_document_begin(GString *out, bool is_list) {
    g_string_append(out,
                    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ");
    append_digest(out, html_style);
    g_string_append(out, "; script-src ");
    append_digest(out, html_script);
    g_string_append(
        out, "; base-uri 'none'; form-action 'none'\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"referrer\" content=\"no-referrer\">\n"
             "<meta name=\"format-detection\" content=\"telephone=no,date=no,address=no,email=no,url=no\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n<style>");
    g_string_append(out, html_style);
    g_string_append(out, "</style>\n<script>");
    g_string_append(out, html_script);
    g_string_append(out, "</script>\n");
    if (!is_list)
        return;
    g_string_append(out, "<title>Reports · mailwhy</title>\n");
    html_body_begin(out);
}

void html_document_end(GString *out, bool is_list) {
    (void)is_list;
    g_string_append(out, "</main>\n</body>\n</html>\n");
}
