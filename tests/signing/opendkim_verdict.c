/* What libopendkim says of the first signature of messages: a second opinion for tests/signing/signing.py.
 *     opendkim_verdict KEYS MESSAGE...
 * KEYS holds lines of a name, a tab and the text of its record. Prints "pass" or "fail", a line a message. */
#include <glib.h>
#include <opendkim/dkim.h>
#include <stdio.h>
#include <string.h>

static GHashTable *keys;

static DKIM_CBSTAT give_key(DKIM *dkim, DKIM_SIGINFO *signature, unsigned char *buffer, size_t size) {
    (void)dkim;
    g_autofree char *name =
        g_strdup_printf("%s._domainkey.%s", dkim_sig_getselector(signature), dkim_sig_getdomain(signature));
    const char *text = g_hash_table_lookup(keys, name);
    if (!text)
        return DKIM_CBSTAT_NOTFOUND;
    g_strlcpy((char *)buffer, text, size);
    return DKIM_CBSTAT_CONTINUE;
}

static void read_keys(const char *path) {
    g_autofree char *text = NULL;
    keys = g_hash_table_new(g_str_hash, g_str_equal);
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        char *tab = strchr(*line, '\t');
        if (tab)
            g_hash_table_insert(keys, g_strndup(*line, (gsize)(tab - *line)), g_strdup(tab + 1));
    }
}

/* It wants CRLF. */
static GString *read_message(const char *path) {
    g_autofree char *text = NULL;
    gsize length;
    GString *out = g_string_new(NULL);
    if (!g_file_get_contents(path, &text, &length, NULL))
        return out;
    for (gsize i = 0; i < length; i++) {
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))
            g_string_append_c(out, '\r');
        g_string_append_c(out, text[i]);
    }
    return out;
}

static const char *verdict_on(DKIM_LIB *library, const char *path) {
    DKIM_STAT status;
    DKIM_SIGINFO **signatures = NULL;
    int count = 0;
    GString *message = read_message(path);
    DKIM *dkim = dkim_verify(library, (const unsigned char *)"test", NULL, &status);
    dkim_chunk(dkim, (unsigned char *)message->str, message->len);
    dkim_chunk(dkim, NULL, 0);
    dkim_eom(dkim, NULL);
    dkim_getsiglist(dkim, &signatures, &count);
    gboolean holds = count > 0 && (dkim_sig_getflags(signatures[0]) & DKIM_SIGFLAG_PASSED) &&
                     dkim_sig_getbh(signatures[0]) == DKIM_SIGBH_MATCH;
    dkim_free(dkim);
    g_string_free(message, TRUE);
    return holds ? "pass" : "fail";
}

int main(int argc, char **argv) {
    DKIM_LIB *library = dkim_init(NULL, NULL);
    unsigned flags = DKIM_LIBFLAGS_BADSIGHANDLES;
    unsigned least = 0;
    if (argc < 3 || !library)
        return 64;
    read_keys(argv[1]);
    dkim_options(library, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, sizeof flags);
    dkim_options(library, DKIM_OP_SETOPT, DKIM_OPTS_MINKEYBITS, &least, sizeof least);
    dkim_set_key_lookup(library, give_key);
    for (int i = 2; i < argc; i++)
        puts(verdict_on(library, argv[i]));
    dkim_close(library);
    g_hash_table_destroy(keys);
    return 0;
}
