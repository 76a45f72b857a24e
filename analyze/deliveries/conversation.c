/* SMTP conversations: see conversation.h. */
#include "analyze/deliveries/conversation.h"

#include "parsers/base/smtp_reply.h"
#include "parsers/log/line_text.h"

#define LONGEST_WAIT                                                                                         \
    600 /* seconds between lines of a session: RFC 5321 section 4.5.3.2 has no longer time limit */
#define PARTIAL_BYTES 2048 /* of an answer of several lines that are kept */
#define TEXTS         512  /* bytes of its texts that are taken at a time: many sessions are open at once */

enum verb { VERB_MAIL, VERB_RCPT, VERB_DATA, VERB_RESET, VERB_QUIT, VERB_TLS, VERB_OTHER };

/* A command that is not answered yet. */
struct command {
    enum verb verb;
    guint recipient; /* of a RCPT */
};

struct addressee {
    struct slice address;
    bool is_accepted, is_told;
};

struct conversation {
    bool has_commands, is_outgoing;
    bool is_mixed;   /* several at once, that cannot be told apart */
    unsigned opened; /* of those that have no names */
    GArray *waiting; /* struct command */
    guint answered;  /* of them */
    GArray *addressees;
    struct slice session, sender, peer, message_id;
    struct judged_event last; /* of its last line, without the event */
    int64_t time;
    const struct reply_class *class; /* of the last answer */
    GString
        *partial; /* of an answer of several lines those before the last, each with its end; NULL: none yet */
    const struct reply_class *partial_class; /* of the first of them that has one */
    struct slice refusal; /* of the message's sender, which all its recipients get; empty: none */
    const struct reply_class *refusal_class;
    struct arena texts; /* of the message that is being sent */
    struct arena names; /* of the session */
};

struct conversation *conversation_new(void) {
    struct conversation *c = g_new0(struct conversation, 1);
    c->waiting = g_array_new(FALSE, TRUE, sizeof(struct command));
    c->addressees = g_array_new(FALSE, TRUE, sizeof(struct addressee));
    c->texts.block = c->names.block = TEXTS;
    return c;
}

void conversation_free(struct conversation *c) {
    if (!c)
        return;
    g_array_free(c->waiting, TRUE);
    g_array_free(c->addressees, TRUE);
    if (c->partial)
        g_string_free(c->partial, TRUE);
    arena_free(&c->texts);
    arena_free(&c->names);
    g_free(c);
}

static struct log_event *add_event(struct conversation *c, struct told *told, enum log_kind kind,
                                   const struct reply_class *class) {
    struct judged_event judged = c->last;
    judged.class = class;
    g_array_append_val(told->judged, judged);
    g_array_set_size(told->events, told->events->len + 1);
    struct log_event *e = &g_array_index(told->events, struct log_event, told->events->len - 1);
    *e = (struct log_event){.kind = (unsigned char)kind, .time = c->time, .delay = LOG_NO_DELAY, .size = -1};
    return e;
}

/* A message's id, or else the session's, tells the tries at one recipient. */
static struct slice key_of(const struct conversation *c, struct slice recipient, struct told *told) {
    struct slice id = c->message_id.len ? c->message_id : c->session;
    return arena_printf(&told->texts, "%.*s%c%.*s", S(id), LOG_ID_END, S(recipient));
}

static void tell_try(struct conversation *c, const struct addressee *a, struct slice reply,
                     const struct reply_class *class, struct told *told) {
    int code = reply_code(reply);
    struct slice key = key_of(c, a->address, told);
    struct log_event *e = add_event(c, told, LOG_QUEUED, NULL);
    e->queue_id = key;
    e->sender = arena_copy(&told->texts, c->sender);
    e->recipients = 1;
    e->time = -1;
    if (c->message_id.len) {
        e = add_event(c, told, LOG_MESSAGE_ID, NULL);
        e->queue_id = key;
        e->message_id = arena_copy(&told->texts, c->message_id);
    }
    e = add_event(c, told, LOG_ATTEMPT, code >= 400 ? class : NULL);
    e->queue_id = key;
    e->recipient = arena_copy(&told->texts, a->address);
    e->status = code >= 500 ? LOG_BOUNCED : code >= 200 && code < 300 ? LOG_SENT : LOG_DEFERRED;
    e->relay_ip = arena_copy(&told->texts, c->peer);
    e->text = arena_copy(&told->texts, reply);
    e->is_remote = true;
    e->is_retold = c->message_id.len > 0;
    e->is_last = !e->is_retold && e->status != LOG_DEFERRED;
}

static void tell_refusal(struct conversation *c, struct slice recipient, struct slice reply,
                         struct told *told) {
    struct log_event *e = add_event(c, told, LOG_REJECT, c->class);
    e->queue_id = arena_copy(&told->texts, c->session);
    e->sender = arena_copy(&told->texts, c->sender);
    e->recipient = arena_copy(&told->texts, recipient);
    e->client_ip = arena_copy(&told->texts, c->peer);
    e->text = arena_copy(&told->texts, reply);
}

static void tell(struct conversation *c, struct addressee *a, struct slice reply, struct told *told) {
    if (a->is_told)
        return;
    a->is_told = true;
    if (c->is_outgoing && c->refusal.len)
        tell_try(c, a, c->refusal, c->refusal_class, told);
    else if (c->is_outgoing)
        tell_try(c, a, reply, c->class, told);
    else if (reply_code(reply) >= 400)
        tell_refusal(c, a->address, reply, told);
}

static void forget_partial(struct conversation *c) {
    if (c->partial)
        g_string_truncate(c->partial, 0);
    c->partial_class = NULL;
}

static void forget_message(struct conversation *c) {
    g_array_set_size(c->addressees, 0);
    g_array_set_size(c->waiting, 0);
    c->answered = 0;
    c->sender = c->message_id = c->refusal = SLICE_EMPTY;
    arena_reset(&c->texts);
}

/* The message is sent, given up, or followed by another. */
static void end_message(struct conversation *c, struct slice reply, struct told *told) {
    for (guint i = 0; i < c->addressees->len; i++) {
        struct addressee *a = &g_array_index(c->addressees, struct addressee, i);
        if (a->is_accepted || c->is_outgoing)
            tell(c, a, reply, told);
    }
    forget_message(c);
}

void conversation_end(struct conversation *c, struct told *told) {
    c->class = NULL;
    end_message(c, SLICE_EMPTY, told);
}

/* "MAIL FROM:<ann@example.com> SIZE=5120" */
static struct slice address_of(struct conversation *c, struct slice command) {
    struct slice rest = slice_from(command, slice_find_char(command, '<'));
    return arena_copy(&c->texts, log_take_bracketed(&rest, " "));
}

static bool is_data(struct slice command) {
    bool is_last_chunk =
        slice_starts_nocase(command, SLICE("BDAT")) && slice_ends_nocase(command, SLICE("LAST"));
    return is_last_chunk || slice_equal_nocase(command, SLICE("DATA"));
}

static enum verb verb_of(struct slice command) {
    if (slice_starts_nocase(command, SLICE("MAIL FROM:")))
        return VERB_MAIL;
    if (slice_starts_nocase(command, SLICE("RCPT TO:")))
        return VERB_RCPT;
    if (is_data(command))
        return VERB_DATA;
    if (slice_starts_nocase(command, SLICE("QUIT")))
        return VERB_QUIT;
    if (slice_starts_nocase(command, SLICE("STARTTLS")))
        return VERB_TLS;
    return slice_starts_nocase(command, SLICE("RSET")) ? VERB_RESET : VERB_OTHER;
}

static bool has_no_name(const struct conversation *c) {
    return c->session.len && c->session.ptr[0] == LOG_ID_END;
}

static void close_one(struct conversation *c) {
    c->opened -= c->opened > 0;
    c->is_mixed &= c->opened > 0;
}

/* Another one is opened; what is not told of the one before is told of none. */
static void open_one(struct conversation *c, struct told *told) {
    bool is_busy = c->opened || c->answered < c->waiting->len || c->addressees->len;
    c->opened += 1 + (is_busy && !c->opened);
    if (!is_busy)
        return;
    for (guint i = 0; i < c->addressees->len; i++)
        told->mixed += !g_array_index(c->addressees, struct addressee, i).is_told;
    forget_message(c);
    forget_partial(c);
    c->is_mixed = true;
}

static void hear_mixed(struct conversation *c, const struct log_event *e, struct told *told) {
    enum verb verb = e->is_remote ? VERB_OTHER : verb_of(e->text);
    told->mixed += verb == VERB_RCPT;
    if (verb == VERB_QUIT || (e->is_remote && reply_code(e->text) == 421))
        close_one(c);
}

/* A greeting, not an answer to STARTTLS (RFC 3207). */
static bool is_greeting(const struct conversation *c, const struct log_event *e) {
    bool is_tls = c->answered < c->waiting->len &&
                  g_array_index(c->waiting, struct command, c->answered).verb == VERB_TLS;
    return e->is_remote && reply_code(e->text) == 220 && !is_tls &&
           (e->text.len < 4 || e->text.ptr[3] != '-');
}

static void hear_command(struct conversation *c, const struct log_event *e, struct slice message_id,
                         struct told *told) {
    struct command command = {.verb = verb_of(e->text)};
    if (command.verb == VERB_MAIL || command.verb == VERB_RESET || command.verb == VERB_QUIT) {
        c->class = NULL;
        end_message(c, SLICE_EMPTY, told);
    }
    if (command.verb == VERB_MAIL) {
        c->sender = address_of(c, e->text);
        c->message_id = arena_copy(&c->texts, message_id);
    }
    if (command.verb == VERB_RCPT) {
        struct addressee a = {.address = address_of(c, e->text)};
        command.recipient = c->addressees->len;
        g_array_append_val(c->addressees, a);
    }
    if (command.verb == VERB_QUIT)
        close_one(c);
    g_array_append_val(c->waiting, command);
}

/* Of an answer of several lines, all but the last ("550-5.7.1 …"). */
static bool is_partial(struct conversation *c, const struct judged_event *said) {
    struct slice line = said->event->text;
    if (line.len < 4 || line.ptr[3] != '-')
        return false;
    if (!c->partial)
        c->partial = g_string_new(NULL);
    if (c->partial->len + line.len < PARTIAL_BYTES) {
        g_string_append_len(c->partial, line.ptr, (gssize)line.len);
        g_string_append_c(c->partial, '\n');
    }
    c->partial_class = c->partial_class ? c->partial_class : said->class;
    return true;
}

/* With the lines of it that came before. */
static struct slice whole_answer(struct conversation *c, struct slice last, struct told *told) {
    if (!c->partial || !c->partial->len)
        return last;
    struct slice before = {c->partial->str, c->partial->len};
    struct slice whole = arena_printf(&told->texts, "%.*s%.*s", S(before), S(last));
    c->class = c->partial_class ? c->partial_class : c->class;
    forget_partial(c);
    return whole;
}

static void hear_answer(struct conversation *c, struct slice text, struct told *told) {
    int code = reply_code(text);
    if (c->answered >= c->waiting->len) /* the greeting, or more than was asked */
        return;
    struct command command = g_array_index(c->waiting, struct command, c->answered);
    bool is_halfway = command.verb == VERB_DATA && code >= 300 && code < 400; /* 354: go on */
    c->answered += !is_halfway;
    if (command.verb == VERB_RCPT) {
        struct addressee *a = &g_array_index(c->addressees, struct addressee, command.recipient);
        a->is_accepted = code >= 200 && code < 300;
        if (code >= 400)
            tell(c, a, text, told);
    } else if (command.verb == VERB_DATA && !is_halfway) {
        end_message(c, text, told);
    } else if (command.verb == VERB_MAIL && code >= 400) {
        c->refusal = arena_copy(&c->texts, text);
        c->refusal_class = c->class;
        if (!c->is_outgoing)
            tell_refusal(c, SLICE_EMPTY, text, told);
    }
}

static void set_text(struct slice *to, struct slice text, struct arena *arena) {
    if (text.len && !to->len)
        *to = arena_copy(arena, text);
}

void conversation_hear(struct conversation *c, const struct judged_event *said, struct slice message_id,
                       struct told *told) {
    const struct log_event *e = said->event;
    bool is_command = c->has_commands ? c->is_outgoing != e->is_remote : !reply_code(e->text);
    set_text(&c->session, e->queue_id, &c->names);
    set_text(&c->peer, e->relay_ip, &c->names);
    if (has_no_name(c) && c->time > 0 && e->time > c->time + LONGEST_WAIT) {
        c->opened = 0;
        c->is_mixed = false;
    }
    c->last = *said;
    c->last.event = NULL;
    c->last.raw = SLICE_EMPTY;
    c->time = e->time;
    c->class = said->class;
    if (is_command && !c->has_commands) {
        c->has_commands = true;
        c->is_outgoing = !e->is_remote;
    }
    if (has_no_name(c) && is_greeting(c, e))
        open_one(c, told);
    else if (c->is_mixed)
        hear_mixed(c, e, told);
    else if (is_command)
        hear_command(c, e, message_id, told);
    else if (!is_partial(c, said))
        hear_answer(c, whole_answer(c, e->text, told), told);
    if (has_no_name(c) && !c->is_mixed && e->is_remote && reply_line_code(e->text) == 421 &&
        !slice_equal(slice_from(slice_upto(e->text, 4), 3), SLICE("-"))) { /* it ends the session */
        end_message(c, e->text, told);
        close_one(c);
    }
}
