/* libspf2's opinion: see spf_second.h. The library has faults, so it runs in a process of its own, on records
 * that our own parser has passed; what it does there cannot harm us. */
#define _GNU_SOURCE
#include "analyze/auth/spf_second.h"

#include <netdb.h>
#include <spf2/spf.h>
#include <spf2/spf_dns.h>
#include <spf2/spf_dns_rr.h>
#include <unistd.h>

#define MOST_OF_TEXT 60000 /* bytes of a TXT record that it is given */

/* --- in the process --- */

static void put_record(SPF_dns_rr_t *rr, int at, const struct dns_record *record) {
    size_t size = record->type == DNS_TXT ? MIN(record->text.len, MOST_OF_TEXT) + 1
                                          : record->host.len + sizeof(int) * 2 + 32;
    if (SPF_dns_rr_buf_realloc(rr, at, size) != SPF_E_SUCCESS)
        return;
    SPF_dns_rr_data_t *out = rr->rr[at];
    switch (record->type) {
    case DNS_A:
        memcpy(&out->a, record->ip.bytes, 4);
        break;
    case DNS_AAAA:
        memcpy(&out->aaaa, record->ip.bytes, 16);
        break;
    case DNS_MX:
        memcpy(out->mx, record->host.len ? record->host.ptr : "", record->host.len);
        out->mx[record->host.len] = '\0';
        break;
    case DNS_PTR:
        memcpy(out->ptr, record->host.len ? record->host.ptr : "", record->host.len);
        out->ptr[record->host.len] = '\0';
        break;
    default:
        memcpy(out->txt, record->text.len ? record->text.ptr : "", size - 1);
        out->txt[size - 1] = '\0';
        break;
    }
    rr->num_rr = at + 1;
}

static SPF_dns_rr_t *answer_libspf2(SPF_dns_server_t *server, const char *domain, ns_type type,
                                    int should_cache) {
    struct resolver *resolver = server->hook;
    struct dns_answer answer = {DNS_NODATA, NULL};
    (void)should_cache;
    if (type != ns_t_spf) /* type 99 is used no more (RFC 7208 section 3.1) */
        answer = dns_lookup(resolver, slice_of(domain), (unsigned)type);
    int herrno = answer.status == DNS_FOUND      ? NETDB_SUCCESS
                 : answer.status == DNS_NXDOMAIN ? HOST_NOT_FOUND
                 : answer.status == DNS_NODATA   ? NO_DATA
                                                 : TRY_AGAIN;
    SPF_dns_rr_t *rr = SPF_dns_rr_new_init(server, domain, type, 0, (SPF_dns_stat_t)herrno);
    int count = 0;
    for (const struct dns_record *r = answer.records; rr && r; r = r->next)
        put_record(rr, count++, r);
    return rr;
}

static void be_silent(const char *file, int line, const char *message) {
    (void)file;
    (void)line;
    (void)message;
}

static void __attribute__((noreturn)) be_silent_and_end(const char *file, int line, const char *message) {
    be_silent(file, line, message);
    _exit(1);
}

static void destroy_nothing(SPF_dns_server_t *server) {
    (void)server;
}

struct opinion {
    unsigned char result, error;
};

static struct opinion evaluate(const struct spf_query *query, struct resolver *resolver,
                               SPF_server_t *server) {
    SPF_response_t *response = NULL;
    struct arena *arena = resolver->arena;
    SPF_server_set_rec_dom(server, "localhost");
    SPF_request_t *request = SPF_request_new(server);
    char *ip = arena_string(arena, ip_text(arena, &query->ip));
    if (query->ip.family == AF_INET6)
        SPF_request_set_ipv6_str(request, ip);
    else
        SPF_request_set_ipv4_str(request, ip);
    if (query->helo.len)
        SPF_request_set_helo_dom(request, arena_string(arena, query->helo));
    if (query->sender.len)
        SPF_request_set_env_from(request, arena_string(arena, query->sender));
    SPF_errcode_t error = SPF_request_query_mailfrom(request, &response);
    SPF_result_t result = response ? SPF_response_result(response) : SPF_RESULT_INVALID;
    SPF_response_free(response);
    SPF_request_free(request);
    return (struct opinion){(unsigned char)result, (unsigned char)error};
}

static struct opinion give_opinion(const struct spf_query *query, struct resolver *resolver) {
    SPF_dns_server_t dns = {
        .destroy = destroy_nothing, .lookup = answer_libspf2, .name = "snapshot", .hook = resolver};
    SPF_error_handler = be_silent_and_end;
    SPF_warning_handler = SPF_info_handler = SPF_debug_handler = be_silent;
    SPF_server_t *server = SPF_server_new_dns(&dns, 0);
    if (!server)
        return (struct opinion){SPF_RESULT_INVALID, SPF_E_NO_MEMORY};
    struct opinion opinion = evaluate(query, resolver, server);
    SPF_server_free(server);
    return opinion;
}

/* A question: this, the HELO name, the sender. */
struct heading {
    struct ip ip;
    size_t helo;
};

size_t spf_second_answer(void *resolver, struct slice question, unsigned char *answer) {
    struct heading heading;
    if (question.len < sizeof heading)
        return 0;
    memcpy(&heading, question.ptr, sizeof heading);
    struct slice names = slice_from(question, sizeof heading);
    struct spf_query query = {
        .ip = heading.ip, .helo = slice_upto(names, heading.helo), .sender = slice_from(names, heading.helo)};
    struct opinion opinion = give_opinion(&query, resolver);
    memcpy(answer, &opinion, sizeof opinion);
    return sizeof opinion;
}

/* --- who asks --- */

static bool hear_opinion(struct opinion_process *process, unsigned kind, const struct spf_query *query,
                         bool is_helo, struct opinion *opinion) {
    unsigned char answer[OPINION_MOST_ANSWER];
    struct heading heading;
    memset(&heading, 0, sizeof heading); /* also between its members: nothing else of this process is sent */
    heading.ip = query->ip;
    heading.helo = query->helo.len;
    g_autoptr(GString) question = g_string_new_len((const char *)&heading, sizeof heading);
    g_string_append_len(question, query->helo.ptr, (gssize)query->helo.len);
    if (!is_helo)
        g_string_append_len(question, query->sender.ptr, (gssize)query->sender.len);
    if (!opinion_ask(process, kind, (struct slice){question->str, question->len}) ||
        opinion_hear(process, answer) != sizeof *opinion)
        return false;
    memcpy(opinion, answer, sizeof *opinion);
    return true;
}

static const char *name_of(const struct opinion *opinion) {
    static const struct {
        SPF_result_t result;
        const char *name;
    } names[] = {{SPF_RESULT_NEUTRAL, "neutral"},    {SPF_RESULT_PASS, "pass"},
                 {SPF_RESULT_FAIL, "fail"},          {SPF_RESULT_SOFTFAIL, "softfail"},
                 {SPF_RESULT_NONE, "none"},          {SPF_RESULT_TEMPERROR, "temperror"},
                 {SPF_RESULT_PERMERROR, "permerror"}};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i].result == (SPF_result_t)opinion->result)
            return names[i].name;
    return "invalid";
}

/* What a receiver does that believes libspf2. */
static const char *consequence(const char *result) {
    static const struct {
        const char *result, *words;
    } rows[] = {
        {"pass", "treats the mail as allowed"},
        {"fail", "may refuse the mail"},
        {"softfail", "marks the mail as doubtful"},
        {"temperror", "defers the mail, and again at each attempt"},
        {"permerror", "may refuse the mail, or treats it as if there were no record"},
        {"invalid",
         "meets an error inside the library, and most then treat the mail as if there were no record"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (strcmp(rows[i].result, result) == 0)
            return rows[i].words;
    return "treats the mail as if nothing were published";
}

void spf_second_ask(struct opinion_process *process, unsigned kind, const struct spf_query *query,
                    struct arena *arena, struct spf_verdict *v) {
    struct opinion opinion = {0};
    const char *ours = spf_result_name(v->result);
    if (v->result == SPF_VERDICT_UNCHECKED || v->is_malformed || !v->record.len)
        return;
    if (!hear_opinion(process, kind, query, v->is_helo, &opinion)) {
        if (opinion_has_failed(process)) {
            v->second_reason = SLICE("libspf2 could not be asked: no process could be started for it");
            return;
        }
        v->second = SLICE("crashed");
        v->second_reason = SLICE("libspf2 did not answer: it crashes or hangs on this record, so a receiver "
                                 "that runs it fails on the mail");
        return;
    }
    const char *theirs = name_of(&opinion);
    v->second = slice_of(theirs);
    if (strcmp(ours, theirs) != 0)
        v->second_reason = arena_printf(
            arena, "libspf2 says %s where RFC 7208 requires %s: a receiver that runs it %s%s%s%s", theirs,
            ours, consequence(theirs), opinion.error ? " (" : "",
            opinion.error ? SPF_strerror(opinion.error) : "", opinion.error ? ")" : "");
}
