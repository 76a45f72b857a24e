/* The options: see option_table.h. */
#include "analyze/commands/option_table.h"

#include "analyze/asked.h"

#include <assert.h>
#include <string.h>

const char *const option_groups[] = {
    [GROUP_REPORT] = "Report",         [GROUP_EVIDENCE] = "Rules and evidence",
    [GROUP_AUDIT] = "What to audit",   [GROUP_FILTERS] = "Filters for logs",
    [GROUP_STAGES] = "Stages of logs", [GROUP_PAGE] = "What visitors of the page may do",
    [GROUP_GENERAL] = "General"};
static_assert(G_N_ELEMENTS(option_groups) == OPTION_GROUPS, "a heading for each group");

static const char *format_word(size_t number) {
    return mailwhy_format_at(number) ? mailwhy_format_name(mailwhy_format_at(number)) : NULL;
}

static const char *color_word(size_t number) {
    static const char *const words[] = {
        [COLOR_AUTO] = "auto", [COLOR_ALWAYS] = "always", [COLOR_NEVER] = "never"};
    return number < G_N_ELEMENTS(words) ? words[number] : NULL;
}

static const char *outcome_word(size_t number) {
    return number == 0 ? "any" : number <= OUTCOMES ? outcome_name((enum outcome)(number - 1)) : NULL;
}

static const char *stage_word(size_t number) {
    static const char *const words[] = {
        [STAGE_ALL] = "all", [STAGE_EVENTS] = "events", [STAGE_KEYS] = "keys"};
    return number < G_N_ELEMENTS(words) ? words[number] : NULL;
}

/* Keys are never read in place of a log. */
static const char *read_stage_word(size_t number) {
    return number < STAGE_KEYS ? stage_word(number) : NULL;
}

#define INPUTS     (COMMAND_INPUTS | COMMAND_VERIFY)
#define REPORTS    (INPUTS | COMMAND_REPLY | COMMAND_LOG | COMMAND_EXPLAIN | COMMAND_AUDIT)
#define READ       (INPUTS | COMMAND_REPLY | COMMAND_LOG)
#define DNS        (COMMAND_DNS_NEEDS | COMMAND_DNS_CAPTURE)
#define AS_IT_IS   (DNS | COMMAND_DNS_SHOW) /* what it prints cannot be redacted */
#define AUDITS     (COMMAND_AUDIT | DNS)
#define LOGS       (INPUTS | COMMAND_LOG)
#define LOGS_TOO   (LOGS | COMMAND_CGI)
#define READS      (INPUTS | COMMAND_CGI)
#define SKETCHES   (COMMAND_RULES_MISSING | COMMAND_RULES_DRAFT)
#define RULED      (REPORTS | COMMAND_RULES_TEST | SKETCHES | DNS | COMMAND_CGI)
#define CONFIGURED (RULED | COMMAND_RULES_CHECK | COMMAND_RULES_LIST | COMMAND_CONFIG | COMMAND_CONFIG_INIT)
#define WRITES     (REPORTS | SKETCHES | DNS | COMMAND_DNS_SHOW)

#define MEMBER(name) offsetof(struct options, name)

const struct option_row option_rows[] = {
    {"format", 'f', GROUP_REPORT, "FORMAT", .word = format_word, .help = "format of the report",
     .more =
         "`json` is one object per input, and an array when there are several inputs; `ndjson` is one line "
         "per recipient.",
     .commands = REPORTS | COMMAND_RULES_LIST | COMMAND_DNS_SHOW, .configured = REPORTS,
     .kind = &option_kind_format, .member = MEMBER(format)},
    {"for", 0, GROUP_REPORT, "READER", .word = mailwhy_reader_at, .help = "who reads the report",
     .more =
         "The customer who sent the mail is told what happened, whose turn it is and what to do, in words "
         "for everybody. The receiver's postmaster is told what it takes to find the mail, and what you ask. "
         "JSON has no reader.",
     .commands = READ, .kind = &option_kind_name, .member = MEMBER(library.reader)},
    {"lang", 0, GROUP_REPORT, "CODE", .word = mailwhy_language_at,
     .help = "language of the page for the customer",
     .otherwise = "that of LC_ALL, LC_MESSAGES or LANG, else en",
     .more = "All other pages, JSON and messages are in English.", .commands = READ, .configured = READ,
     .kind = &option_kind_name, .member = MEMBER(library.language)},
    {"output", 'o', GROUP_REPORT, "FILE", COMPLETE_FILES,
     .help = "write to this file, completely or not at all",
     .more = "The report takes the file's place when it is whole and on the disk; a file that was there "
             "keeps its "
             "mode and owner. A symbolic link is followed. A device, a FIFO or a name such as /dev/stdout is "
             "written to in place.",
     .commands = WRITES | COMMAND_CONFIG | COMMAND_CONFIG_INIT, .kind = &option_kind_text,
     .member = MEMBER(output)},
    {"pipe", 0, GROUP_REPORT, .help = "for .forward, aliases and Sieve: exit with 0 or 75 only",
     .more =
         "0 means that the whole report was written, whatever the input was. 75 means that it could not be "
         "written, or that the program failed: the mail system keeps the mail and tries again. Nothing "
         "bounces. The report is written at the end, in one piece, and forced to the disk.",
     .commands = INPUTS, .kind = &option_kind_flag, .member = MEMBER(pipe)},
    {"summary", 0, GROUP_REPORT, .help = "only the summary of all inputs, without the reports",
     .more = "Of several inputs, or a mailbox, the text, Markdown and HTML begin with a summary: causes and "
             "what to fix first, providers, senders, and an index of the reports that follow. `--summary` "
             "leaves these out, and gives the summary in JSON, too. Logs among the inputs are part of it; a "
             "recipient whom both a log and a bounce tell of counts once.",
     .commands = INPUTS, .kind = &option_kind_flag, .member = MEMBER(summary)},
    {"redact", 0, GROUP_REPORT, .help = "replace personal data with pseudonyms",
     .more =
         "Local parts of addresses, names of people, users, subjects, message and queue ids, tokens, "
         "also in links, and names of input files become pseudonyms, the same for the same text, in every "
         "format; the report says that it is redacted. Domains, addresses of servers, codes and the words of "
         "replies are kept, and so are addresses of roles that a reply names, as postmaster. The pseudonyms "
         "differ from run to run.",
     .commands = COMMAND_EVERY, .configured = COMMAND_EVERY & ~AS_IT_IS, .kind = &option_kind_flag,
     .member = MEMBER(library.redact)},
    {"redact-key", 0, GROUP_REPORT, "FILE", COMPLETE_FILES,
     .help = "redact with the key in this file, so that reports agree",
     .more =
         "The same text then becomes the same pseudonym in every report made with this key. Whoever has the "
         "key "
         "can try out whom a pseudonym stands for: keep it to yourself. `head -c 32 /dev/urandom` makes one; "
         "16 to 4096 bytes are read. Implies `--redact`, unless it is the configuration that names the file.",
     .commands = COMMAND_EVERY, .configured = COMMAND_EVERY & ~AS_IT_IS, .kind = &option_kind_text,
     .member = MEMBER(library.redact_key_file)},
    {"top", 0, GROUP_REPORT, "N", .help = "rows per table of a log report", .otherwise = "10",
     .commands = LOGS_TOO, .configured = LOGS_TOO, .kind = &option_kind_number, .member = MEMBER(top),
     .least = 1, .most = MOST_ROWS},
    {"width", 0, GROUP_REPORT, "N", .help = "columns of text reports", .otherwise = "the terminal's, or 80",
     .commands = REPORTS, .configured = REPORTS, .kind = &option_kind_number, .member = MEMBER(library.width),
     .least = LEAST_WIDTH, .most = MOST_WIDTH},
    {"color", 0, GROUP_REPORT, "WHEN", .word = color_word, .help = "use color",
     .more = "`auto` means on a terminal, unless NO_COLOR is set.", .commands = COMMAND_EVERY,
     .configured = COMMAND_EVERY, .kind = &option_kind_word, .member = MEMBER(color)},

    {"rules", 0, GROUP_EVIDENCE, "FILE", COMPLETE_FILES,
     .help = "use your own rules before the built-in ones",
     .more = "A rule with the id of a built-in one replaces it.", .commands = RULED, .configured = RULED,
     .kind = &option_kind_rules, .member = MEMBER(rule_files)},
    {"no-config", 0, GROUP_EVIDENCE, .help = "leave the configuration unread",
     .more =
         "Otherwise /etc/mailwhy/mailwhy.conf and ~/.config/mailwhy/mailwhy.conf are read, and rule files in "
         "/etc/mailwhy/rules.d after those of `--rules` and before the built-in rules.",
     .commands = CONFIGURED, .kind = &option_kind_flag, .member = MEMBER(no_config)},
    {"no-builtin-rules", 0, GROUP_EVIDENCE, .help = "leave out the built-in rules for replies",
     .commands = RULED, .kind = &option_kind_flag, .member = MEMBER(library.no_builtin_rules)},
    {"cause", 0, GROUP_EVIDENCE, "CAUSE", COMPLETE_CAUSES, .help = "what the reply really means",
     .more = "One of those that `mailwhy explain causes` lists.", .commands = COMMAND_RULES_DRAFT,
     .kind = &option_kind_text, .member = MEMBER(filters.cause)},
    {"trust", 0, GROUP_EVIDENCE, "HOST|CIDR", COMPLETE_HOSTS, .help = "believe what this host of yours wrote",
     .more = "`.example.com` stands for all hosts below that domain.", .commands = READS | DNS,
     .configured = READS | DNS, .kind = &option_kind_hosts, .member = MEMBER(trusted)},
    {"own", 0, GROUP_EVIDENCE, "DOMAIN|ADDRESS", COMPLETE_HOSTS, .help = "a domain or mail address of yours",
     .more = "Reports say on whose side of a delivery they stand: outbound, inbound, or backscatter. Without "
             "`--domain`, `audit` checks all of these domains.",
     .commands = AUDITS | READS, .configured = AUDITS | READS, .kind = &option_kind_own,
     .member = MEMBER(own)},
    {"log", 0, GROUP_EVIDENCE, "FILE", COMPLETE_FILES,
     .help = "look up the bounces and messages in this mail log",
     .more = "The report then includes every attempt, what the remote server said, and which of the bounce's "
             "claims the log confirms.",
     .commands = INPUTS, .kind = &option_kind_list, .member = MEMBER(logs)},
    {"dns", 0, GROUP_EVIDENCE, "FILE", COMPLETE_FILES, .help = "verify with this DNS snapshot",
     .more = "A snapshot is a file of resource records, as dig(1) prints them or as they are written in zone "
             "files. What a receiver would have checked is checked again with it, and compared with what the "
             "receiver said. The first snapshot that has an answer wins.",
     .commands = READS | COMMAND_AUDIT, .configured = COMMAND_INPUTS | COMMAND_CGI | COMMAND_AUDIT,
     .kind = &option_kind_list, .member = MEMBER(dns_files)},
    {"dns-after", 0, GROUP_EVIDENCE, "FILE", COMPLETE_FILES, .help = "a later DNS snapshot: was it fixed?",
     .more =
         "Each check of `--dns` is run again with it; the report says what is fixed, what is wrong still or "
         "newly, and what is still to do.",
     .commands = COMMAND_INPUTS | COMMAND_AUDIT, .kind = &option_kind_list,
     .member = MEMBER(dns_after_files)},
    {"dns", 0, GROUP_EVIDENCE, "FILE", COMPLETE_FILES, .help = "a DNS snapshot with what is already known",
     .more = "Only what it does not answer is asked.", .commands = DNS | COMMAND_DNS_SHOW,
     .kind = &option_kind_list, .member = MEMBER(dns_files)},
    {"no-second-opinion", 0, GROUP_EVIDENCE, .help = "do not ask libspf2 and libopendkim as well",
     .more = "With a DNS snapshot, the report says where these libraries, which many receivers run, come to "
             "another "
             "result. Asking them takes longer than verifying.",
     .commands = READS | COMMAND_AUDIT, .configured = READS | COMMAND_AUDIT, .kind = &option_kind_flag,
     .member = MEMBER(no_second_opinion)},
    {"server", 0, GROUP_EVIDENCE, "ADDRESS", .help = "name server to ask", .otherwise = "the system's",
     .more = "Written as 192.0.2.53, 192.0.2.53#5353 or [2001:db8::53]:5353.",
     .commands = COMMAND_DNS_CAPTURE | COMMAND_VERIFY | COMMAND_CGI,
     .configured = COMMAND_DNS_CAPTURE | COMMAND_VERIFY | COMMAND_CGI, .kind = &option_kind_server,
     .member = MEMBER(server)},
    {"save", 0, GROUP_EVIDENCE, "FILE", COMPLETE_FILES, .help = "keep the DNS snapshot in this file",
     .more = "With `--dns FILE` the same report is made again later, without the network.",
     .commands = COMMAND_VERIFY, .kind = &option_kind_text, .member = MEMBER(save)},

    {"domain", 0, GROUP_AUDIT, "DOMAIN", .help = "domain that sends the mail",
     .more = "Several domains are compared side by side.", .commands = AUDITS, .kind = &option_kind_domains,
     .member = MEMBER(domains)},
    {"ip", 0, GROUP_AUDIT, "ADDRESS", .help = "IP address of the sending server", .commands = AUDITS,
     .configured = COMMAND_AUDIT, .kind = &option_kind_ip, .member = MEMBER(ip)},
    {"helo", 0, GROUP_AUDIT, "NAME", .help = "name that the sending server uses in HELO or EHLO",
     .commands = AUDITS, .configured = COMMAND_AUDIT, .kind = &option_kind_text, .member = MEMBER(helo)},
    {"sender", 0, GROUP_AUDIT, "ADDRESS", .may_be_empty = true,
     .help = "envelope sender, empty as bounces have it", .otherwise = "postmaster@DOMAIN",
     .commands = AUDITS, .kind = &option_kind_text, .member = MEMBER(audited_sender)},
    {"selector", 0, GROUP_AUDIT, "NAME", .help = "selector of the DKIM key", .otherwise = "common names",
     .commands = AUDITS, .configured = COMMAND_AUDIT, .kind = &option_kind_names,
     .member = MEMBER(selectors)},

    {"since", 0, GROUP_FILTERS, "TIME", .help = "only deliveries attempted at or after this time",
     .more = "`today`, `yesterday`; `90m`, `2h`, `3d`, `1w` before now; `09:20`, the latest such time; "
             "`2026-11-24`; "
             "`2026-11-24T09:00:00`, in the zone of `--tz` unless it names its own.",
     .commands = LOGS, .kind = &option_kind_when, .member = MEMBER(since)},
    {"until", 0, GROUP_FILTERS, "TIME", .help = "only deliveries attempted at or before this time",
     .more = "A day belongs to it whole.", .commands = LOGS, .kind = &option_kind_when,
     .member = MEMBER(until)},
    {"sender", 0, GROUP_FILTERS, "ADDRESS", .help = "only deliveries from this address",
     .more = "An address, what stands before or behind its @, or a pattern with * and ?: `example.com` is "
             "that domain alone, `*.example.com` those below it. The report then tells the story of each "
             "mail.",
     .commands = LOGS, .kind = &option_kind_text, .member = MEMBER(filters.sender)},
    {"recipient", 0, GROUP_FILTERS, "ADDRESS", .help = "only deliveries to this address",
     .more = "Written as for `--sender`, also of what an alias was before. The report then tells the story "
             "of each mail, try by try.",
     .commands = LOGS, .kind = &option_kind_text, .member = MEMBER(filters.recipient)},
    {"domain", 0, GROUP_FILTERS, "DOMAIN", .help = "only deliveries from or to this domain, or one below it",
     .commands = LOGS, .kind = &option_kind_text, .member = MEMBER(filters.domain)},
    {"cause", 0, GROUP_FILTERS, "CAUSE", COMPLETE_CAUSES,
     .help = "only deliveries that failed for this cause",
     .more = "A category such as `blocklist` includes all its causes.", .commands = LOGS,
     .kind = &option_kind_text, .member = MEMBER(filters.cause)},
    {"outcome", 0, GROUP_FILTERS, "OUTCOME", .word = outcome_word, .help = "only recipients who end so",
     .commands = LOGS, .kind = &option_kind_word, .member = MEMBER(filters.outcome)},
    {"client", 0, GROUP_FILTERS, "HOST", .help = "only mail that this host handed in, or tried to",
     .more = "A name, with those below it, an address, a CIDR block, or a pattern with * and ?: of the host "
             "that handed the mail in to any of the queues that it went through.",
     .commands = LOGS, .kind = &option_kind_text, .member = MEMBER(filters.client)},
    {"relay", 0, GROUP_FILTERS, "HOST", .help = "only deliveries through this host",
     .more = "Written as for `--client`.", .commands = LOGS, .kind = &option_kind_text,
     .member = MEMBER(filters.relay)},
    {"queue-id", 0, GROUP_FILTERS, "ID", .help = "only deliveries with this queue id", .commands = LOGS,
     .kind = &option_kind_text, .member = MEMBER(filters.queue_id)},
    {"message-id", 0, GROUP_FILTERS, "ID", .help = "only deliveries with this message id", .commands = LOGS,
     .kind = &option_kind_text, .member = MEMBER(filters.message_id)},

    {"lines", 0, GROUP_FILTERS, .help = "show the log lines of each mail as well",
     .more = "With `--recipient`, `--sender`, `--message-id` or `--queue-id`.", .commands = LOGS,
     .kind = &option_kind_flag, .member = MEMBER(lines)},
    {"tz", 0, GROUP_FILTERS, "ZONE", .help = "zone of times in logs that name none",
     .otherwise = "this system's",
     .more = "A name as `Europe/Berlin`, `UTC` or an offset as `+01:00`. Times of the report are shown in "
             "it, and "
             "those of `--since` and `--until` read in it. JSON is in UTC.",
     .commands = LOGS_TOO, .configured = LOGS_TOO, .kind = &option_kind_zone, .member = MEMBER(tz)},
    {"year", 0, GROUP_FILTERS, "YYYY", .help = "year of the first line of a log whose times name none",
     .otherwise = "the latest that fits",
     .more =
         "Lines of an earlier month than the first line's are of the year after. Without it a line is of the "
         "latest year in which it is not later than the last change of its file.",
     .commands = LOGS, .kind = &option_kind_number, .member = MEMBER(clock.year), .least = FIRST_YEAR,
     .most = LAST_YEAR},

    {"upload-limit", 0, GROUP_PAGE, "MIB", .help = "MiB that a visitor may send at once", .otherwise = "25",
     .more = "The web server's own limit should be the same, so that it refuses what is larger before it has "
             "come.",
     .commands = COMMAND_CGI, .configured = COMMAND_CGI, .kind = &option_kind_number,
     .member = MEMBER(most_mib), .least = 1, .most = 1024},
    {"time-limit", 0, GROUP_PAGE, "SECONDS", .help = "time for an upload and its report", .otherwise = "30",
     .more = "The web server should wait a few seconds longer.", .commands = COMMAND_CGI,
     .configured = COMMAND_CGI, .kind = &option_kind_number, .member = MEMBER(most_seconds), .least = 1,
     .most = 3600},
    {"ask-dns", 0, GROUP_PAGE, .help = "visitors may have the DNS asked what it says now",
     .more = "At most 200 questions for a request, in a third of its time, and never for names of private "
             "use. The "
             "names come from what the visitor sends.",
     .commands = COMMAND_CGI, .configured = COMMAND_CGI, .kind = &option_kind_flag,
     .member = MEMBER(asks_dns)},
    {"emit", 0, GROUP_STAGES, "WHAT", .word = stage_word,
     .help = "write events, which another process joins, or their keys",
     .more =
         "Events, one a line: key, time, place, the keys that it links, and the event, with tabs between "
         "them. Sorted by time and place, `--from events` reads them. With `--format ndjson` they hold all "
         "that deliveries tell. Keys, as numbers: of each piece those that its mails have, and which hang "
         "together. See docs/scale.md.",
     .otherwise = "all", .commands = COMMAND_LOG, .kind = &option_kind_word, .member = MEMBER(stage.emit)},
    {"open", 0, GROUP_STAGES, "FILE", .help = "only the events of these keys are for another process",
     .more =
         "Pairs of numbers of 64 bits: a key as `--emit keys` writes it, and a share. All other mails are "
         "counted here, or told: with `--emit events` the events of these keys are written, share by "
         "share, and what was counted behind them; without it they are left out.",
     .complete = COMPLETE_FILES, .commands = COMMAND_LOG, .kind = &option_kind_text,
     .member = MEMBER(stage.open)},
    {"from", 0, GROUP_STAGES, "WHAT", .word = read_stage_word,
     .help = "read such events, in order, in place of logs", .otherwise = "all", .commands = COMMAND_LOG,
     .kind = &option_kind_word, .member = MEMBER(stage.from)},
    {"partial", 0, GROUP_STAGES, .help = "write what was counted, to be merged",
     .more = "In place of a report, for `--merge` of a mailwhy of the same version and with the same rules. "
             "Filters are given to each of the stages.",
     .commands = COMMAND_LOG, .kind = &option_kind_flag, .member = MEMBER(stage.partial)},
    {"merge", 0, GROUP_STAGES, .help = "merge what was counted elsewhere, in any order",
     .more = "The inputs are what `--partial` wrote, in place of logs.", .commands = COMMAND_LOG,
     .kind = &option_kind_flag, .member = MEMBER(stage.merge)},
    {"place", 0, GROUP_STAGES, "N", .help = "where these logs stand among the pieces of all",
     .otherwise = "0", .commands = COMMAND_LOG, .kind = &option_kind_number, .member = MEMBER(stage.place),
     .most = INT32_MAX},
    {"pieces", 0, GROUP_STAGES, "FILE", .help = "read these pieces of logs, one behind the other",
     .more =
         "In place of inputs, for an engine that cuts logs: nine texts for each piece, each with a byte 0 "
         "behind it. They are the bytes in which its lines begin (from, to; to 0: all of the file), its "
         "place, the latest time of the pieces before it, when it was last written, \"same-as\" or "
         "\"start-of\" where another log says all of it, that log, its name, and its path, or - for the "
         "next bytes of a pipe.",
     .complete = COMPLETE_FILES, .commands = COMMAND_LOG, .kind = &option_kind_text,
     .member = MEMBER(stage.pieces)},
    {"written", 0, GROUP_STAGES, "SECONDS", .help = "when logs from a pipe were last written",
     .more = "Since the epoch. It says of which year lines are that name none.", .otherwise = "now",
     .commands = COMMAND_LOG, .kind = &option_kind_number, .member = MEMBER(stage.written),
     .most = UINT32_MAX},

    {"jobs", 'j', GROUP_GENERAL, "N", .help = "number of processes or, for logs, threads",
     .otherwise = "one per processor", .more = "The order of the reports does not depend on it.",
     .commands = LOGS_TOO, .configured = LOGS_TOO, .kind = &option_kind_number, .member = MEMBER(jobs),
     .least = 1, .most = MOST_JOBS},
    {"isolate", 0, GROUP_GENERAL, .help = "read each input in a process of its own",
     .more = "Otherwise a process reads one input after another, and one that an input has taken over could "
             "forge the reports on those that come after it.",
     .commands = READS, .configured = READS, .kind = &option_kind_flag, .member = MEMBER(isolate)},
    {"no-sandbox", 0, GROUP_GENERAL, .help = "read inputs without a sandbox",
     .more = "Otherwise the right to open files, start programs and use the network is given up before the "
             "first byte is read. The report says so.",
     .commands = LOGS_TOO | COMMAND_REPLY | COMMAND_EXPLAIN, .kind = &option_kind_flag,
     .member = MEMBER(no_sandbox)},
    {"progress", 0, GROUP_GENERAL, .help = "show progress on standard error",
     .otherwise = "on a terminal, when the work is long", .commands = LOGS, .kind = &option_kind_value,
     .member = MEMBER(progress), .least = 1},
    {"no-progress", 0, GROUP_GENERAL, .help = "do not show progress", .commands = LOGS,
     .kind = &option_kind_value, .member = MEMBER(progress), .least = 0},
    {"no-pager", 0, GROUP_GENERAL, .help = "write to the terminal without a pager",
     .more = "Otherwise what MAILWHY_PAGER or else PAGER names is started where standard output is a "
             "terminal, or "
             "`less -FRX` where that is installed. An empty value, or `cat`, starts none.",
     .commands = COMMAND_EVERY, .kind = &option_kind_flag, .member = MEMBER(no_pager)},
    {"quiet", 'q', GROUP_GENERAL, .help = "one line for each recipient (log: in all), no notes",
     .more = "In place of a report in text: for the subject of a ticket, or a script. Of a log it is one "
             "line, unless "
             "--recipient or the like chooses mails. Commands that make no report print nothing but what is "
             "wrong.",
     .commands = COMMAND_EVERY, .kind = &option_kind_flag, .member = MEMBER(quiet)},
    {"verbose", 'v', GROUP_GENERAL, .help = "include more details in text reports", .commands = COMMAND_EVERY,
     .configured = COMMAND_EVERY, .kind = &option_kind_flag, .member = MEMBER(library.verbose)},
    {"version", 'V', GROUP_GENERAL, .help = "print the version", .commands = COMMAND_EVERY,
     .kind = &option_kind_value, .member = MEMBER(show), .least = SHOW_VERSION},
    {"help", 'h', GROUP_GENERAL, .help = "print this help", .commands = COMMAND_EVERY,
     .kind = &option_kind_value, .member = MEMBER(show), .least = SHOW_HELP},
};
const size_t option_count = G_N_ELEMENTS(option_rows);

unsigned option_takers(const struct option_row *row) {
    return row->commands | (row->configured ? COMMAND_CONFIG : 0);
}

const struct option_row *option_find(const char *name, unsigned command_bit) {
    for (size_t i = 0; i < option_count; i++)
        if ((option_takers(&option_rows[i]) & command_bit) && strcmp(option_rows[i].name, name) == 0)
            return &option_rows[i];
    return NULL;
}

static void append_alternatives(GString *out, const char *(*word)(size_t number)) {
    for (size_t i = 0; word(i); i++)
        g_string_append_printf(out, "%s%s", i == 0 ? "" : word(i + 1) ? ", " : " or ", word(i));
}

void option_expected(const struct option_row *row, GString *out) {
    if (row->word)
        append_alternatives(out, row->word);
    else if (row->most)
        g_string_append_printf(out, "a number from %lld to %lld", row->least, row->most);
    else
        g_string_append(out, row->kind->expected ? row->kind->expected : "a text");
}

void option_help(const struct option_row *row, GString *out) {
    g_string_append(out, row->help);
    const char *otherwise = row->otherwise ? row->otherwise : row->word ? row->word(0) : NULL;
    if (row->word) {
        g_string_append(out, ": ");
        append_alternatives(out, row->word);
    }
    if (!row->kind->is_repeatable && !otherwise)
        return;
    g_string_append_printf(out, " (%s%s%s%s)", row->kind->is_repeatable ? "repeatable" : "",
                           row->kind->is_repeatable && otherwise ? "; " : "", otherwise ? "default: " : "",
                           otherwise ? otherwise : "");
}
