/* DNS questions asked over the network: see ask.h. */
#define _GNU_SOURCE
#include "analyze/commands/ask.h"

#include "parsers/dns/record.h"
#include <ldns/ldns.h>
#include <sys/socket.h>

#define TRY_MOST  (3 * G_USEC_PER_SEC) /* one try waits that long, or less where little time is left */
#define TRY_LEAST (G_USEC_PER_SEC / 20)
#define TRIES     2                    /* of one question, for each name server */
#define THREADS   16                   /* questions that are under way at a time */
#define LATE      (G_USEC_PER_SEC / 4) /* after the deadline, who is still waiting is left alone */

struct asking {
    const struct questions *questions;
    ldns_resolver *resolvers[THREADS];
    size_t resolver_count;      /* that threads have taken; guarded by lock */
    const char *asked[THREADS]; /* what they wait for an answer to; NULL: nothing */
    size_t running;
    guint next, answered; /* all of these, and the text, are guarded by lock */
    GMutex lock;
    GCond ended;  /* one of them */
    bool is_late; /* or has enough */
};

/* --- the server --- */

static ldns_resolver *new_resolver(const struct name_server *server) {
    ldns_resolver *r = NULL;
    if (server) {
        bool is_ip6 = strchr(server->address, ':') != NULL;
        ldns_rdf *address =
            ldns_rdf_new_frm_str(is_ip6 ? LDNS_RDF_TYPE_AAAA : LDNS_RDF_TYPE_A, server->address);
        r = address ? ldns_resolver_new() : NULL;
        if (r)
            ldns_resolver_push_nameserver(r, address);
        ldns_rdf_deep_free(address);
    } else if (ldns_resolver_new_frm_file(&r, NULL) != LDNS_STATUS_OK) {
        r = NULL;
    }
    if (!r)
        return NULL;
    if (server)
        ldns_resolver_set_port(r, server->port);
    ldns_resolver_set_recursive(r, true);
    ldns_resolver_set_retry(r, TRIES);
    ldns_resolver_set_edns_udp_size(r, 1232);
    return r;
}

/* --- one question --- */

static const ldns_rr *find(const ldns_rr_list *answer, const ldns_rdf *name, ldns_rr_type type) {
    for (size_t i = 0; i < ldns_rr_list_rr_count(answer); i++) {
        const ldns_rr *rr = ldns_rr_list_rr(answer, i);
        if (ldns_rr_get_type(rr) == type && ldns_dname_compare(ldns_rr_owner(rr), name) == 0)
            return rr;
    }
    return NULL;
}

static void write_status(GString *out, const char *status, const ldns_rdf *name, const char *type) {
    char *text = ldns_rdf2str(name);
    if (text)
        g_string_append_printf(out, ";! %s %s %s\n", status, text, type);
    free(text);
}

/* Only what was asked for: a server could add records of names that are not its own. Names that point to each
 * other (RFC 1035 section 4.1.4) are written out, so a packet may say some hundred times of what it is long.
 */
static void write_records(GString *out, const ldns_rr_list *answer, const ldns_rdf *name, ldns_rr_type type) {
    struct arena arena = {0};
    for (size_t i = 0; i < ldns_rr_list_rr_count(answer) && out->len <= LIMIT_ANSWER; i++) {
        const ldns_rr *rr = ldns_rr_list_rr(answer, i);
        if (ldns_rr_get_type(rr) != type || ldns_dname_compare(ldns_rr_owner(rr), name) != 0)
            continue;
        struct slice shown = dns_record_show(rr, &arena);
        g_string_append_len(out, shown.ptr, (gssize)shown.len);
        g_string_append_c(out, '\n');
        arena_reset(&arena);
    }
    arena_free(&arena);
}

static void write_answer(GString *out, ldns_pkt *packet, const ldns_rdf *name, ldns_rr_type type,
                         const char *type_name) {
    ldns_rr_list *answer = ldns_pkt_answer(packet);
    ldns_pkt_rcode rcode = ldns_pkt_get_rcode(packet);
    const ldns_rdf *asked = name;
    if (rcode != LDNS_RCODE_NOERROR && rcode != LDNS_RCODE_NXDOMAIN) {
        write_status(out, "SERVFAIL", name, type_name);
        return;
    }
    const ldns_rr *alias;
    for (int i = 0; i < DNS_MOST_ALIASES && type != LDNS_RR_TYPE_CNAME &&
                    (alias = find(answer, name, LDNS_RR_TYPE_CNAME));
         i++) {
        write_records(out, answer, name, LDNS_RR_TYPE_CNAME);
        name = ldns_rr_rdf(alias, 0);
    }
    write_records(out, answer, name, type);
    if (rcode == LDNS_RCODE_NXDOMAIN)
        write_status(out, "NXDOMAIN", name, "");
    else if (!find(answer, name, type))
        write_status(out, "NODATA", name, type_name);
    if (out->len > LIMIT_ANSWER) {
        g_string_truncate(out, 0);
        write_status(out, "SERVFAIL", asked, type_name);
    }
}

/* A question may take half of the time that is left, so that a silent server leaves some to the others. */
static void set_patience(ldns_resolver *resolver, gint64 left) {
    gint64 tries = 2 * TRIES * (gint64)ldns_resolver_nameserver_count(resolver);
    gint64 wait = CLAMP(left / MAX(tries, 1), TRY_LEAST, TRY_MOST);
    ldns_resolver_set_timeout(resolver, (struct timeval){wait / G_USEC_PER_SEC, wait % G_USEC_PER_SEC});
}

/* Is it an answer to that question (RFC 5452 section 9.1)? A server that failed may leave the question out.
 */
static bool is_answer_to(const ldns_pkt *answer, const ldns_pkt *query) {
    const ldns_rr_list *asked = ldns_pkt_question(query);
    const ldns_rr_list *said = ldns_pkt_question(answer);
    size_t count = ldns_rr_list_rr_count(said);
    ldns_pkt_rcode rcode = ldns_pkt_get_rcode(answer);
    bool is_failure = rcode != LDNS_RCODE_NOERROR && rcode != LDNS_RCODE_NXDOMAIN;
    if (!ldns_pkt_qr(answer) || ldns_pkt_id(answer) != ldns_pkt_id(query))
        return false;
    if (count != 1)
        return count == 0 && is_failure;
    const ldns_rr *a = ldns_rr_list_rr(asked, 0);
    const ldns_rr *b = ldns_rr_list_rr(said, 0);
    return ldns_rr_get_type(a) == ldns_rr_get_type(b) && ldns_rr_get_class(a) == ldns_rr_get_class(b) &&
           ldns_dname_compare(ldns_rr_owner(a), ldns_rr_owner(b)) == 0;
}

/* Libldns asks a server no more that was silent once; but what it does not answer may be one name. */
static void forget_silence(ldns_resolver *resolver) {
    for (size_t i = 0; i < ldns_resolver_nameserver_count(resolver); i++)
        ldns_resolver_set_nameserver_rtt(resolver, i, LDNS_RESOLV_RTT_MIN);
}

/* NULL: nobody answered. Libldns takes any packet that comes: after one that answers another question, which
 * anybody can send, it is asked over TCP, where only the server can speak. */
static ldns_pkt *answer_of(ldns_resolver *resolver, const ldns_rdf *name, ldns_rr_type type) {
    ldns_pkt *query = NULL;
    ldns_pkt *answer = NULL;
    if (ldns_resolver_prepare_query_pkt(&query, resolver, name, type, LDNS_RR_CLASS_IN, LDNS_RD) !=
        LDNS_STATUS_OK)
        return NULL;
    for (int over_tcp = 0; over_tcp < 2 && !answer; over_tcp++) {
        ldns_resolver_set_usevc(resolver, over_tcp);
        if (ldns_resolver_send_pkt(&answer, resolver, query) != LDNS_STATUS_OK || !answer)
            break;
        if (!is_answer_to(answer, query)) {
            ldns_pkt_free(answer);
            answer = NULL;
        }
    }
    ldns_resolver_set_usevc(resolver, false);
    ldns_pkt_free(query);
    return answer;
}

/* Returns whether a server answered, be it that it failed. */
static bool ask(ldns_resolver *resolver, const char *line, GString *out) {
    g_auto(GStrv) words = g_strsplit(line, " ", 2);
    ldns_rdf *name = ldns_dname_new_frm_str(words[0]);
    ldns_rr_type type = ldns_get_rr_type_by_name(words[1]);
    if (!name)
        return false;
    ldns_pkt *packet = answer_of(resolver, name, type);
    bool is_answered = packet != NULL;
    if (packet)
        write_answer(out, packet, name, type, words[1]);
    else
        write_status(out, "TIMEOUT", name, words[1]);
    ldns_pkt_free(packet);
    ldns_rdf_deep_free(name);
    return is_answered;
}

/* --- all of them --- */

/* The next question; NULL: there is none, or no time. */
static const char *take_question(struct asking *a, gint64 *left) {
    const struct questions *q = a->questions;
    *left = q->deadline - g_get_monotonic_time();
    a->is_late |= *left <= 0;
    return a->next < q->count && !a->is_late ? q->lines[a->next++] : NULL;
}

static gpointer work(gpointer context) {
    struct asking *a = context;
    GString *out = g_string_new(NULL);
    gint64 left;
    g_mutex_lock(&a->lock);
    size_t self = a->resolver_count++;
    ldns_resolver *resolver = a->resolvers[self];
    while ((a->asked[self] = take_question(a, &left))) {
        const char *line = a->asked[self];
        if (a->answered)
            forget_silence(resolver);
        g_mutex_unlock(&a->lock);
        set_patience(resolver, left);
        bool is_answered = ask(resolver, line, out);
        g_mutex_lock(&a->lock);
        if (!a->asked[self]) /* it was given up, and the text is another's now */
            break;
        a->answered += is_answered;
        g_string_append_len(a->questions->text, out->str, (gssize)out->len);
        g_string_truncate(out, 0);
        a->is_late |= a->questions->text->len >= a->questions->most;
    }
    a->running--;
    g_cond_signal(&a->ended);
    g_mutex_unlock(&a->lock);
    g_string_free(out, TRUE);
    return NULL;
}

/* Libldns waits for each piece of an answer over TCP anew: a server that sends single bytes could hold it for
 * hours. What is not there by then counts as not answered. */
static void give_up(struct asking *a) {
    a->is_late = true;
    for (size_t i = 0; i < THREADS; i++) {
        g_auto(GStrv) words = a->asked[i] ? g_strsplit(a->asked[i], " ", 2) : NULL;
        if (words)
            g_string_append_printf(a->questions->text, ";! TIMEOUT %s %s\n", words[0], words[1]);
        a->asked[i] = NULL;
    }
}

/* As many as there will be threads: where the system's servers are named stands in a file. */
static size_t new_resolvers(const struct questions *q, ldns_resolver **resolvers) {
    size_t count = 0;
    while (count < CLAMP(q->count, 1, THREADS) && (resolvers[count] = new_resolver(q->server)) &&
           ldns_resolver_nameserver_count(resolvers[count]) > 0)
        count++;
    return count;
}

/* Questions are asked side by side; in this thread, where the system has no other to give. Returns whether
 * none is under way any more. */
static bool ask_all(struct asking *a, size_t most) {
    g_mutex_lock(&a->lock);
    for (size_t i = 0; i < most; i++) {
        GThread *thread = g_thread_try_new("ask", work, a, NULL);
        a->running += thread != NULL;
        if (thread)
            g_thread_unref(thread);
    }
    bool is_alone = !a->running;
    a->running += is_alone;
    while (!is_alone && a->running && g_cond_wait_until(&a->ended, &a->lock, a->questions->deadline + LATE))
        ;
    bool has_ended = is_alone || !a->running;
    if (!has_ended)
        give_up(a);
    g_mutex_unlock(&a->lock);
    if (is_alone)
        work(a);
    return has_ended;
}

static void free_asking(struct asking *a) {
    for (size_t i = 0; i < G_N_ELEMENTS(a->resolvers); i++)
        if (a->resolvers[i])
            ldns_resolver_deep_free(a->resolvers[i]);
    g_mutex_clear(&a->lock);
    g_cond_clear(&a->ended);
    g_free(a);
}

bool dns_ask(struct questions *questions) {
    struct asking *a = g_new0(struct asking, 1);
    bool has_ended = true;
    a->questions = questions;
    g_mutex_init(&a->lock);
    g_cond_init(&a->ended);
    size_t count = new_resolvers(questions, a->resolvers);
    if (questions->ready)
        questions->ready();
    if (count)
        has_ended = ask_all(a, count);
    questions->answered = a->answered;
    if (has_ended) /* else its threads still hold it: it stands until the process ends */
        free_asking(a);
    return count > 0;
}
