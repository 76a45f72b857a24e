/* The commands: see command_table.h. */
#include "analyze/commands/command_table.h"

#include "analyze/commands/audit.h"
#include "analyze/commands/cgi.h"
#include "analyze/commands/complete.h"
#include "analyze/commands/config.h"
#include "analyze/commands/config_init.h"
#include "analyze/commands/dns.h"
#include "analyze/commands/explain.h"
#include "analyze/commands/explain_inputs.h"
#include "analyze/commands/help.h"
#include "analyze/commands/log.h"
#include "analyze/commands/manual.h"
#include "analyze/commands/reply.h"
#include "analyze/commands/rules.h"
#include "analyze/commands/rules_draft.h"
#include "analyze/commands/rules_missing.h"
#include "analyze/commands/rules_test.h"
#include "analyze/commands/verify.h"

#define END                                                                                                  \
    { .name = NULL }

static const struct command rules_commands[] = {
    {"rules check", "[OPTION]... [FILE]...", "say what is wrong with rule files", COMMAND_RULES_CHECK,
     COMPLETE_FILES, rules_check, NULL},
    {"rules test", "[OPTION]... [FILE]...", "check the rules against their examples", COMMAND_RULES_TEST,
     COMPLETE_FILES, rules_test, NULL},
    {"rules list", "[OPTION]... [FILE]...", "list the rules", COMMAND_RULES_LIST, COMPLETE_FILES, rules_list,
     NULL},
    {"rules missing", "[OPTION]... INPUT...", "find the replies that no rule knows", COMMAND_RULES_MISSING,
     COMPLETE_FILES, rules_missing, NULL},
    {"rules draft", "--cause CAUSE [OPTION]... INPUT...", "write a rule for a reply that is judged wrongly",
     COMMAND_RULES_DRAFT, COMPLETE_FILES, rules_draft, NULL},
    END};

static const struct command dns_commands[] = {
    {"dns needs", "[OPTION]... [INPUT]...", "list the DNS questions that verifying the inputs raises",
     COMMAND_DNS_NEEDS, COMPLETE_FILES, command_dns_needs, NULL},
    {"dns capture", "[OPTION]... [INPUT]...", "ask a name server these questions, and write a snapshot",
     COMMAND_DNS_CAPTURE, COMPLETE_FILES, command_dns_capture, NULL},
    {"dns show", "[OPTION]... [FILE]...", "print DNS snapshots, sorted", COMMAND_DNS_SHOW, COMPLETE_FILES,
     command_dns_show, NULL},
    END};

static const struct command config_commands[] = {
    {"config init", "[OPTION]... INPUT...", "propose own hosts and domains from logs and messages",
     COMMAND_CONFIG_INIT, COMPLETE_FILES, command_config_init, NULL},
    END};

static const struct command commands[] = {
    {"reply", "[OPTION]... [TEXT]...", "explain an SMTP reply or an error text", COMMAND_REPLY,
     COMPLETE_NOTHING, command_reply, NULL},
    {"log", "[OPTION]... FILE...", "summarize what became of the mail in logs", COMMAND_LOG, COMPLETE_FILES,
     command_log, NULL},
    {"explain", "[OPTION]... [WHAT]...", "explain a cause, topic, code, block list or provider, or list them",
     COMMAND_EXPLAIN, COMPLETE_CAUSES, command_explain, NULL},
    {"rules", NULL, "check, test and list the rules", COMMAND_RULES, COMPLETE_NOTHING, NULL, rules_commands},
    {"dns", NULL, "find and fetch the DNS records that verifying needs", COMMAND_DNS, COMPLETE_NOTHING, NULL,
     dns_commands},
    {"verify", "[OPTION]... [FILE|DIR|-]...", "ask the DNS what it says now, and explain with it",
     COMMAND_VERIFY, COMPLETE_FILES, command_verify, NULL},
    {"audit", "[--domain DOMAIN]... [--ip ADDRESS] [OPTION]...",
     "check whether mail from a domain and server would be trusted", COMMAND_AUDIT, COMPLETE_NOTHING,
     command_audit, NULL},
    {"config", "[OPTION]...", "show each setting, and where it came from", COMMAND_CONFIG, COMPLETE_NOTHING,
     command_config, config_commands},
    {"cgi", "[OPTION]...", "answer a web server: the page to paste a bounce into", COMMAND_CGI,
     COMPLETE_NOTHING, command_cgi, NULL},
    {"help", "[COMMAND]", "explain a command and its options", COMMAND_HELP, COMPLETE_NOTHING, command_help,
     NULL},
    {"__complete", NULL, NULL, COMMAND_HIDDEN, COMPLETE_NOTHING, command_complete, NULL},
    {"__manual", NULL, NULL, COMMAND_HIDDEN, COMPLETE_NOTHING, command_manual, NULL},
    END};

const struct command mailwhy_program = {
    "",
    "[OPTION]... [FILE|DIR|-]...",
    "say why mail was rejected: who refused it, why, who can fix it and how",
    COMMAND_INPUTS,
    COMPLETE_FILES,
    command_explain_inputs,
    commands};
