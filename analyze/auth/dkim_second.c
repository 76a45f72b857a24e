/* libopendkim's opinion: see dkim_second.h. It runs in a process of its own, as libspf2 does; it gets keys
 * from the snapshot, the message with CRLF, and the time at which the mail was received. Its options are
 * those that it has by itself, as most receivers leave them. */
#include "analyze/auth/dkim_second.h"

#include "analyze/auth/dkim.h"

#include <glib.h>
#include <opendkim/dkim.h>

#define LAST_ERROR DKIM_SIGERROR_CONDLOOP

/* Of one signature, as one byte each. */
struct opinion {
    unsigned char outcome; /* enum outcome */
    unsigned char error;   /* DKIM_SIGERROR_…, LAST_ERROR + 1: unknown */
};
enum outcome { NOT_COUNTED, PASSED, BODY_CHANGED, OUTCOMES };

_Static_assert(DKIM_MOST_SIGNATURES * sizeof(struct opinion) + 1 <= OPINION_MOST_ANSWER,
               "an answer holds all");

/* A question: this, and the message. */
struct heading {
    int64_t when;
};

/* --- in the process --- */

/* What libopendkim would have seen in the DNS, and is not told of by way of keys. */
struct key_fault {
    const DKIM_SIGINFO *signature;
    unsigned char error;
};

/* One message. */
struct asking {
    struct resolver *resolver;
    struct key_fault faults[DKIM_MOST_SIGNATURES];
    unsigned fault_count;
};

static void note_fault(struct asking *asking, const DKIM_SIGINFO *signature, unsigned char error) {
    if (asking->fault_count < DKIM_MOST_SIGNATURES)
        asking->faults[asking->fault_count++] = (struct key_fault){signature, error};
}

static DKIM_CBSTAT give_key(DKIM *dkim, DKIM_SIGINFO *signature, unsigned char *buffer, size_t size) {
    struct asking *asking = dkim_get_user_context(dkim);
    struct arena *arena = asking->resolver->arena;
    struct slice name = arena_printf(arena, "%s._domainkey.%s", (const char *)dkim_sig_getselector(signature),
                                     (const char *)dkim_sig_getdomain(signature));
    struct dns_answer answer = dns_lookup(asking->resolver, name, DNS_TXT);
    if (dns_is_none(answer.status))
        return DKIM_CBSTAT_NOTFOUND;
    if (answer.status != DNS_FOUND) {
        note_fault(asking, signature, DKIM_SIGERROR_KEYFAIL);
        return DKIM_CBSTAT_TRYAGAIN;
    }
    if (answer.records->next)
        note_fault(asking, signature, DKIM_SIGERROR_MULTIREPLY);
    g_strlcpy((char *)buffer, arena_string(arena, answer.records->text), size);
    return DKIM_CBSTAT_CONTINUE;
}

static DKIM_LIB *library(void) {
    static DKIM_LIB *opened;
    unsigned flags = DKIM_LIBFLAGS_BADSIGHANDLES; /* tells of those too that it cannot read */
    if (opened)
        return opened;
    opened = dkim_init(NULL, NULL);
    if (opened) {
        dkim_options(opened, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, sizeof flags);
        dkim_set_key_lookup(opened, give_key);
    }
    return opened;
}

/* Its lines end in LF, CR or CRLF; libopendkim wants CRLF. */
static GString *with_crlf(struct slice mail) {
    GString *out = g_string_sized_new(mail.len + mail.len / 16 + 2);
    for (size_t i = 0; i < mail.len;) {
        size_t start = i;
        while (i < mail.len && mail.ptr[i] != '\n' && mail.ptr[i] != '\r')
            i++;
        g_string_append_len(out, mail.ptr + start, (gssize)(i - start));
        if (i == mail.len)
            break;
        i += mail.ptr[i] == '\r' && i + 1 < mail.len && mail.ptr[i + 1] == '\n' ? 2 : 1;
        g_string_append_len(out, "\r\n", 2);
    }
    return out;
}

/* It had no memory, or broke: what it says then is no opinion. */
static bool is_broken(DKIM_STAT status) {
    return status == DKIM_STAT_NORESOURCE || status == DKIM_STAT_INTERNAL;
}

static struct opinion opinion_on(DKIM *dkim, DKIM_SIGINFO *signature, const struct asking *asking,
                                 bool *is_read) {
    if (dkim_sig_geterror(signature) == DKIM_SIGERROR_OK)
        *is_read &= !is_broken(dkim_sig_process(dkim, signature));
    int error = dkim_sig_geterror(signature);
    bool is_passed = (dkim_sig_getflags(signature) & DKIM_SIGFLAG_PASSED) != 0;
    bool is_changed = dkim_sig_getbh(signature) == DKIM_SIGBH_MISMATCH;
    struct opinion o = {is_changed ? BODY_CHANGED : is_passed ? PASSED : NOT_COUNTED, (unsigned char)error};
    if (error < 0 || error > LAST_ERROR)
        o.error = LAST_ERROR + 1;
    for (unsigned i = 0; i < asking->fault_count; i++)
        if (asking->faults[i].signature == signature)
            o = (struct opinion){NOT_COUNTED, asking->faults[i].error};
    return o;
}

/* The whole mail. Returns whether it could be read, whatever is wrong with it. */
static bool feed(DKIM *dkim, const GString *mail) {
    bool is_read = !is_broken(dkim_chunk(dkim, (unsigned char *)mail->str, mail->len));
    is_read &= !is_broken(dkim_chunk(dkim, NULL, 0));
    return !is_broken(dkim_eom(dkim, NULL)) && is_read;
}

size_t dkim_second_answer(void *resolver, struct slice question, unsigned char *answer) {
    struct heading heading;
    struct asking asking = {.resolver = resolver};
    DKIM_SIGINFO **signatures = NULL;
    DKIM_STAT status;
    int count = 0;
    if (question.len < sizeof heading || !library())
        return 0;
    memcpy(&heading, question.ptr, sizeof heading);
    uint64_t when = heading.when > 0 ? (uint64_t)heading.when : 0;
    dkim_options(library(), DKIM_OP_SETOPT, DKIM_OPTS_FIXEDTIME, &when, sizeof when);
    GString *mail = with_crlf(slice_from(question, sizeof heading));
    DKIM *dkim = dkim_verify(library(), (const unsigned char *)"mailwhy", NULL, &status);
    if (dkim)
        dkim_set_user_context(dkim, &asking);
    bool is_read = dkim && feed(dkim, mail) && !is_broken(dkim_getsiglist(dkim, &signatures, &count));
    answer[0] = (unsigned char)CLAMP(count, 0, DKIM_MOST_SIGNATURES);
    for (unsigned i = 0; i < answer[0]; i++) {
        struct opinion o = opinion_on(dkim, signatures[i], &asking, &is_read);
        memcpy(answer + 1 + i * sizeof o, &o, sizeof o);
    }
    if (dkim)
        dkim_free(dkim);
    g_string_free(mail, TRUE);
    return !is_read ? 0 : 1 + answer[0] * sizeof(struct opinion);
}

/* --- who asks --- */

/* Has it signatures, and no more than libopendkim can be asked about? It compares each signature with all
 * others, and each signed name with all fields. */
static bool is_for_libopendkim(struct slice header) {
    struct slice line;
    unsigned signatures = 0;
    if (header.len > DKIM_MOST_SECOND_HEADER)
        return false;
    while (slice_next_line(&header, &line))
        signatures += slice_starts_nocase(line, SLICE("dkim-signature"));
    return signatures > 0 && signatures <= DKIM_MOST_SIGNATURES;
}

bool dkim_second_ask(struct opinion_process *process, unsigned kind, const struct mail_bytes *mail,
                     int64_t when) {
    struct heading heading = {when};
    if (mail->body_missing_reason || !is_for_libopendkim(mail->header))
        return false;
    g_autoptr(GString) question = g_string_sized_new(sizeof heading + mail->header.len + mail->body.len + 4);
    g_string_append_len(question, (const char *)&heading, sizeof heading);
    g_string_append_len(question, mail->header.ptr, (gssize)mail->header.len);
    if (!slice_ends_nocase(mail->header, SLICE("\n\n")) && !slice_ends_nocase(mail->header, SLICE("\n\r\n")))
        g_string_append(question, "\r\n");
    g_string_append_len(question, mail->body.ptr, (gssize)mail->body.len);
    if (question->len > OPINION_MOST_QUESTION)
        return false;
    opinion_ask(process, kind, (struct slice){question->str, question->len});
    return true; /* where that failed, it is told when it is heard */
}

/* In the words that our own results have. */
static enum dkim_result result_of(const struct opinion *o) {
    if (o->outcome == PASSED && o->error == DKIM_SIGERROR_OK)
        return DKIM_PASS;
    switch (o->error) {
    case DKIM_SIGERROR_OK:
    case DKIM_SIGERROR_BADSIG:
    case DKIM_SIGERROR_EXPIRED:
    case DKIM_SIGERROR_FUTURE:
    case DKIM_SIGERROR_TOOLARGE_L:
        return DKIM_FAIL;
    case DKIM_SIGERROR_KEYFAIL:
        return DKIM_TEMPERROR;
    case DKIM_SIGERROR_KEYTOOSMALL:
    case DKIM_SIGERROR_MBSFAILED:
        return DKIM_POLICY;
    default:
        return DKIM_PERMERROR;
    }
}

/* What a receiver makes of a result: it counts, it does not, or the mail waits. */
static int effect_of(enum dkim_result result) {
    return result == DKIM_PASS ? 1 : result == DKIM_TEMPERROR ? 2 : 0;
}

/* --- who is right --- */

static bool is_of_sha1(const struct dkim_verdict *v) {
    return v->result == DKIM_POLICY && slice_ends_nocase(v->algorithm, SLICE("-sha1"));
}
static bool is_of_short_key(const struct dkim_verdict *v) {
    return v->result == DKIM_POLICY;
}
static bool is_of_ed25519(const struct dkim_verdict *v) {
    return slice_starts_nocase(v->algorithm, SLICE("ed25519"));
}
static bool is_permerror(const struct dkim_verdict *v) {
    return v->result == DKIM_PERMERROR;
}
static bool is_any(const struct dkim_verdict *v) {
    (void)v;
    return true;
}

#define ANY (-1)

/* The first row that fits. `error`: of libopendkim; `what`: is to follow "libopendkim says …". */
static const struct {
    int error;
    bool (*fits)(const struct dkim_verdict *ours);
    const char *section, *what;
} rights[] = {
    {DKIM_SIGERROR_OK, is_of_sha1, "RFC 8301 section 3.1", "it still takes rsa-sha1"},
    {DKIM_SIGERROR_OK, is_of_short_key, "RFC 8301 section 3.2", "it still takes so short a key"},
    {DKIM_SIGERROR_OK, is_permerror, "RFC 6376 section 6.1",
     "it does not test all that the signature and its key say"},
    {DKIM_SIGERROR_FUTURE, is_any, "RFC 6376 section 3.5, which lets verifiers choose,",
     "it refuses what was signed in the future"},
    {DKIM_SIGERROR_EXPIRED, is_any, "RFC 6376 section 3.5", "it allows less drift between clocks"},
    {DKIM_SIGERROR_MULTIREPLY, is_any, "RFC 6376 section 3.6.2.2, which leaves it open,",
     "it refuses several key records"},
    {DKIM_SIGERROR_TOOLARGE_L, is_any, "RFC 6376 section 3.5", "the body is shorter than l="},
    {ANY, is_of_ed25519, "RFC 8463", "it does not know ed25519"},
    {ANY, is_any, "RFC 6376 section 6.1", ""},
};

/* What libopendkim calls an error; empty: it has no words for it, as it has for none of some numbers. */
static const char *words_of(unsigned char error) {
    const char *words = dkim_sig_geterrorstr(error);
    return words ? words : "";
}

static const char *consequence(enum dkim_result theirs) {
    return theirs == DKIM_PASS        ? "counts the signature"
           : theirs == DKIM_TEMPERROR ? "may defer the mail, and again at each attempt"
                                      : "treats the mail as if it did not carry this signature";
}

static void compare(struct dkim_verdict *v, const struct opinion *o, struct arena *arena) {
    enum dkim_result theirs = result_of(o);
    size_t row = 0;
    v->second = slice_of(dkim_result_name(theirs));
    if (effect_of(v->result) == effect_of(theirs))
        return;
    while (!(rights[row].error == ANY || rights[row].error == o->error) || !rights[row].fits(v))
        row++;
    const char *why = rights[row].what;
    if (!*why && o->error != DKIM_SIGERROR_OK && o->error <= LAST_ERROR)
        why = words_of(o->error);
    v->second_reason =
        arena_printf(arena, "libopendkim says %s where %s asks for %s%s%s%s: a receiver that runs it %s",
                     dkim_result_name(theirs), rights[row].section, dkim_result_name(v->result),
                     *why ? " (" : "", why, *why ? ")" : "", consequence(theirs));
}

void dkim_second_hear(struct opinion_process *process, struct arena *arena, struct dkim_verdict *first) {
    unsigned char answer[OPINION_MOST_ANSWER];
    struct opinion o;
    size_t size = opinion_hear(process, answer);
    bool is_whole = size > 0 && size == 1 + answer[0] * sizeof o;
    size_t at = 0;
    for (struct dkim_verdict *v = first; v && at < DKIM_MOST_SIGNATURES; v = v->next, at++) {
        if (v->result == DKIM_UNCHECKED)
            continue;
        if (!is_whole && opinion_has_failed(process)) {
            v->second_reason = SLICE("libopendkim could not be asked: no process could be started for it");
        } else if (!is_whole) {
            v->second = SLICE("crashed");
            v->second_reason = SLICE("libopendkim did not answer: it crashes or hangs on this mail, so a "
                                     "receiver that runs it fails on it");
        } else if (at < answer[0]) {
            memcpy(&o, answer + 1 + at * sizeof o, sizeof o);
            compare(v, &o, arena);
        }
    }
}
