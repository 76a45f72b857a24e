/* Chains as they come, and as they are forged: what must be said of each, in the JSON of the report. */
#include "analyze/mailwhy.h"
#include "tests/table.h"

#include <glib.h>

#define OWN                                                                                                  \
    "Delivered-To: bob@example.org\n"                                                                        \
    "Received: from mx.example.org (mx.example.org [10.0.0.2]) by store.example.org (Postfix) with ESMTPS "  \
    "id 1; Tue, 24 Nov 2026 09:14:08 +0000\n"
#define FROM_OUTSIDE                                                                                         \
    "Received: from mail.example.com (mail.example.com [192.0.2.5]) by mx.example.org (Postfix) with "       \
    "ESMTPS "                                                                                                \
    "id 2 for <bob@example.org>; Tue, 24 Nov 2026 09:14:07 +0000\n"
#define SUBMITTED                                                                                            \
    "Received: from [10.1.0.7] (p5.example.net [203.0.113.9]) by mail.example.com (Postfix) with ESMTPSA "   \
    "id "                                                                                                    \
    "3; Tue, 24 Nov 2026 09:14:05 +0000\n"
#define REST "From: alice@example.com\nSubject: x\nDate: Tue, 24 Nov 2026 09:14:04 +0000\n\nbody\n"

#define GUESS(id) "X-Rspamd-Queue-Id: 6EBC83401" id "\n"
#define GUESSES                                                                                              \
    GUESS("77")                                                                                              \
    GUESS("78")                                                                                              \
    GUESS("79")                                                                                              \
    GUESS("7A")                                                                                              \
    GUESS("7B")                                                                                              \
    GUESS("7C")                                                                                              \
    GUESS("7D")                                                                                              \
    GUESS("7E")                                                                                              \
    GUESS("7F")                                                                                              \
    GUESS("80") GUESS("81") GUESS("82") GUESS("83") GUESS("84") GUESS("85") GUESS("86") GUESS("87")

#define MOST 5
static const struct {
    const char *what, *message;
    const char *says[MOST], *never[MOST];
    const char *trusted;
} rows[] = {
    {"honest",
     OWN "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com\n" FROM_OUTSIDE SUBMITTED
         REST,
     {"\"ip\":\"192.0.2.5\",\"helo\":\"mail.example.com\",\"name\":\"mail.example.com\",\"by\":\"mx.example."
      "org\"",
      "\"method\":\"spf\",\"result\":\"pass\",\"by\":\"mx.example.org\",\"trust\":\"own\"",
      "\"boundary\":{\"hop\":2"},
     {"\"problems\""},
     NULL},
    {"the same with --trust",
     OWN "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com\n" FROM_OUTSIDE SUBMITTED
         REST,
     {"\"boundary\":{\"hop\":2", "\"trust\":\"own\",\"properties\"", "is a host of yours (--trust)"},
     {"\"problems\""},
     ".example.org 10.0.0.0/8"},
    {"--trust does not name the top host",
     OWN FROM_OUTSIDE REST,
     {"which --trust does not name", "\"trust\":\"unverified\""},
     {"\"trust\":\"own\"", "\"trust\":\"boundary\""},
     "mx.example.net"},
    /* forged */
    {"1: results in our name below the boundary",
     OWN FROM_OUTSIDE
     "Authentication-Results: mx.example.org; dkim=pass header.d=bank.example\n" SUBMITTED REST,
     {"\"method\":\"dkim\",\"result\":\"pass\",\"by\":\"mx.example.org\",\"trust\":\"unverified\"",
      "bears the name mx.example.org, of the receiving side, but stands below"},
     {"\"trust\":\"own\",\"properties\""},
     NULL},
    {"2: a Received field in our name below the boundary",
     OWN FROM_OUTSIDE
     "Received: from bank.example ([198.51.100.9]) by mx.example.org (Postfix) with ESMTPS id 9; Tue, 24 "
     "Nov 2026 09:14:06 +0000\n" REST,
     {"this field claims to be written by mx.example.org, but came with the mail from outside",
      "\"boundary\":{\"hop\":2"},
     {NULL},
     NULL},
    {"3: greeting with our own name",
     OWN "Received: from mx.example.org (unknown [192.0.2.66]) by mx.example.org (Postfix) with SMTP id 2; "
         "Tue, 24 Nov 2026 "
         "09:14:07 +0000\n" REST,
     {"greeted mx.example.org with a name of its own domain",
      "\"boundary\":{\"hop\":1,\"ip\":\"192.0.2.66\""},
     {NULL},
     NULL},
    {"4: greeting with a provider's name",
     OWN "Received: from mail-ej1-f41.google.com (host66.dyn.example.net [192.0.2.66]) by mx.example.org "
         "(Postfix) with SMTP "
         "id 2; Tue, 24 Nov 2026 09:14:07 +0000\n" REST,
     {"the client greeted as mail-ej1-f41.google.com (Gmail", "has the name host66.dyn.example.net"},
     {NULL},
     NULL},
    {"5: time runs backwards",
     OWN FROM_OUTSIDE
     "Received: from a.example.net ([203.0.113.9]) by mail.example.com (Postfix) with SMTP id 3; Tue, 24 Nov "
     "2026 13:52:05 +0000\n" REST,
     {"time runs backwards by 4 h 37 min from mail.example.com to mx.example.org", "or a field is forged"},
     {"time zone"},
     NULL},
    {"6: a wrong time zone",
     OWN FROM_OUTSIDE
     "Received: from a.example.net ([203.0.113.9]) by mail.example.com (Postfix) with SMTP id 3; Tue, 24 Nov "
     "2026 11:14:05 +0000\n" REST,
     {"one of them is in the wrong time zone"},
     {NULL},
     NULL},
    {"7: a hop that does not fit the one above",
     OWN FROM_OUTSIDE "Received: from a.bank.example ([198.51.100.9]) by smtp.bank.example (Postfix) with "
                      "ESMTPS id 3; Tue, 24 "
                      "Nov 2026 09:14:05 +0000\n" REST,
     {"mx.example.org took it from mail.example.com [192.0.2.5], but the field below was written by "
      "smtp.bank.example"},
     {NULL},
     NULL},
    {"8: from a private address, but below stands a stranger",
     OWN FROM_OUTSIDE
     "Received: from relay (relay [10.9.9.9]) by mail.example.com (Postfix) with SMTP id 4; Tue, 24 Nov 2026 "
     "09:14:05 +0000\nReceived: from a.bank.example ([198.51.100.9]) by smtp.bank.example (Postfix) with "
     "ESMTPS id 5; Tue, 24 Nov 2026 09:14:05 +0000\n" REST,
     {"mail.example.com took it from the private address 10.9.9.9, but the field below was written by "
      "smtp.bank.example"},
     {NULL},
     NULL},
    {"9: a field copied",
     OWN FROM_OUTSIDE SUBMITTED SUBMITTED REST,
     {"this Received field stands in the header twice: it was copied"},
     {NULL},
     NULL},
    {"10: a name that may be forged is no insider's",
     OWN "Received: from mx2.example.org (mx2.example.org [192.0.2.66] (may be forged)) by mx.example.org "
         "(8.17.1/8.17.1) with "
         "SMTP id 2; Tue, 24 Nov 2026 09:14:07 +0000\n" REST,
     {"could not confirm that the client is mx2.example.org",
      "\"boundary\":{\"hop\":1,\"ip\":\"192.0.2.66\""},
     {NULL},
     NULL},
    {"11: a Received-SPF below the boundary",
     OWN FROM_OUTSIDE "Received-SPF: pass (mx.example.org: ok) client-ip=192.0.2.5;\n" SUBMITTED REST,
     {"this Received-SPF field bears the name mx.example.org"},
     {"\"trust\":\"own\",\"properties\""},
     NULL},
    {"12: sent from the future",
     OWN FROM_OUTSIDE "From: alice@example.com\nSubject: x\nDate: Tue, 1 Dec 2026 09:14:04 +0000\n\nbody\n",
     {"the Date field lies 6 days after the time at which mx.example.org took the mail"},
     {NULL},
     NULL},
    {"13: an ARC set with a hole",
     OWN FROM_OUTSIDE
     "ARC-Seal: i=3; a=rsa-sha256; cv=pass; d=bank.example; s=a; b=x\nARC-Seal: i=1; a=rsa-sha256; cv=none; "
     "d=bank.example; s=a; b=x\n" REST,
     {"the ARC sets are incomplete or duplicated: 2 seals, the highest instance is 3"},
     {NULL},
     NULL},
    {"14: no field that can be read",
     "Received: some words that say nothing\n" REST,
     {"this Received field is not understood: some words that say nothing",
      "\"text\":\"some words that say nothing\""},
     {NULL},
     NULL},
    /* forwards, lists, loops */
    {"a mailing list",
     OWN FROM_OUTSIDE "List-Id: Cats <cats.lists.example.net>\n" SUBMITTED REST,
     {"it passed through the mailing list cats.lists.example.net, by a field that anyone could have written: "
      "SPF then "
      "applies to the list's server"},
     {NULL},
     NULL},
    {"a mailing list whose host handed it in",
     OWN FROM_OUTSIDE
     "List-Id: Cats <cats.lists.example.com>\nList-Post: <mailto:cats@lists.example.com>\n" SUBMITTED
     "From: alice@example.net\nSubject: x\n\nbody\n",
     {"it passed through the mailing list cats.lists.example.com: SPF then applies to the list's server"},
     {"anyone could have written: SPF"},
     NULL},
    {"forwarded with a rewritten sender",
     "Return-Path: <SRS0=HHH=TT=example.com=alice@example.net>\n" OWN FROM_OUTSIDE REST,
     {"example.net forwarded it and rewrote its sender (SRS), which was alice@example.com",
      "after forwarding, SPF passes only"},
     {NULL},
     NULL},
    {"forwarded to another address",
     OWN FROM_OUTSIDE
     "Received: from a.example.net ([203.0.113.9]) by mail.example.com (Postfix) with ESMTPS id 3 for "
     "<bob@example.com>; Tue, 24 Nov 2026 09:14:05 +0000\n" REST,
     {"it was sent to bob@example.com and went on to bob@example.org: it was forwarded between "
      "mail.example.com and "
      "mx.example.org, by a field that anyone could have written"},
     {NULL},
     NULL},
    {"forwarded inside",
     "Received: from mx.example.org (mx.example.org [10.0.0.2]) by store.example.org (Postfix) with ESMTPS "
     "id 1 for "
     "<bob@mail.example.org>; Tue, 24 Nov 2026 09:14:08 +0000\n" FROM_OUTSIDE REST,
     {"it was sent to bob@example.org and went on to bob@mail.example.org: it was forwarded between "
      "mx.example.org and "
      "store.example.org\""},
     {"anyone could have written\""},
     NULL},
    {"round in a loop",
     "Received: from b.example.net (b.example.net [192.0.2.2]) by a.example.com with ESMTP id 6; Tue, 24 Nov "
     "2026 09:14:06 +0000\n"
     "Received: from a.example.com (a.example.com [192.0.2.1]) by b.example.net with ESMTP id 5; Tue, 24 Nov "
     "2026 09:14:05 +0000\n"
     "Received: from b.example.net (b.example.net [192.0.2.2]) by a.example.com with ESMTP id 4; Tue, 24 Nov "
     "2026 09:14:04 +0000\n"
     "Received: from a.example.com (a.example.com [192.0.2.1]) by b.example.net with ESMTP id 3; Tue, 24 Nov "
     "2026 09:14:03 +0000\n"
     "Received: from b.example.net (b.example.net [192.0.2.2]) by a.example.com with ESMTP id 2; Tue, 24 Nov "
     "2026 09:14:02 +0000\n" REST,
     {"the mail came to a.example.com three times or more: it went round in a loop"},
     {NULL},
     NULL},
    {"it waited",
     OWN "Received: from mail.example.com (mail.example.com [192.0.2.5]) by mx.example.org with ESMTPS id 2; "
         "Tue, 24 Nov 2026 "
         "09:14:07 +0000\nReceived: by mail.example.com (Postfix, from userid 33) id 3; Tue, 24 Nov 2026 "
         "06:14:07 +0000\n" REST,
     {"3 h 0 min passed until mx.example.org had it: it waited at mail.example.com", "\"delay_s\":10800"},
     {NULL},
     NULL},
    {"no TLS",
     OWN "Received: from mail.example.com (mail.example.com [192.0.2.5]) by mx.example.org with ESMTP id 2; "
         "Tue, 24 Nov 2026 "
         "09:14:07 +0000\n" REST,
     {"no TLS is noted at hop 1"},
     {NULL},
     NULL},
    {"Gmail writes its results below, and they are believed",
     "Delivered-To: bob@gmail.com\nReceived: by 2002:a05:6402:1111:0:0:0:0 with SMTP id a1; Tue, 24 Nov 2026 "
     "01:14:08 -0800\n"
     "Received: from mail.example.com (mail.example.com. [192.0.2.5]) by mx.google.com with ESMTPS id b2 for "
     "<bob@gmail.com>; "
     "Tue, 24 Nov 2026 01:14:07 -0800\nAuthentication-Results: mx.google.com; spf=pass "
     "smtp.mailfrom=example.com\n" SUBMITTED REST,
     {"\"boundary\":{\"hop\":2,\"ip\":\"192.0.2.5\"", "\"by\":\"mx.google.com\",\"trust\":\"own\""},
     {NULL},
     NULL},
    {"but not those of another name",
     "Received: by 2002:a05:6402:1111:0:0:0:0 with SMTP id a1; Tue, 24 Nov 2026 01:14:08 -0800\n"
     "Received: from mail.example.com (mail.example.com. [192.0.2.5]) by mx.google.com with ESMTPS id b2; "
     "Tue, 24 Nov 2026 01:14:07 -0800\nAuthentication-Results: bank.example; dkim=pass "
     "header.d=bank.example\n" REST,
     {"\"by\":\"bank.example\",\"trust\":\"unverified\""},
     {NULL},
     NULL},
    /* what a filter of the receiving host wrote directly below its field */
    {"LMTP on the same host; a claim about the client's own confirmed name",
     "Received: from mx.example.org by mx.example.org with LMTP id 1 (envelope-from <a@a.example>); Tue, 24 "
     "Nov 2026 "
     "09:14:08 +0000\nReceived: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with "
     "ESMTP id 2; Tue, "
     "24 Nov 2026 09:14:07 +0000\nAuthentication-Results: mx.example.org; dkim=pass "
     "header.d=a.example\n" REST,
     {"\"boundary\":{\"hop\":1,\"ip\":\"192.0.2.1\"", "\"by\":\"mx.example.org\",\"trust\":\"own\""},
     {"\"problems\"", "forged"},
     NULL},
    {"a claim about another domain is not believed there, and is not called forged",
     "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; Tue, 24 "
     "Nov 2026 "
     "09:14:07 +0000\nAuthentication-Results: mx.example.org; dkim=pass header.d=bank.example\n" REST,
     {"\"trust\":\"unverified\",\"properties\"", "its filter may have written it there"},
     {"\"problems\"", "forged", "\"trust\":\"own\""},
     ".example.org"},
    {"a list server sends by a host of another name",
     "Received: from out1.lists.example (out1.lists.example [192.0.2.1]) by mx.example.org (Postfix) with "
     "ESMTP "
     "id 6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\nReceived: (majordomo@v.example) by v.example via "
     "listexpand\n id S230192AbjADPec (ORCPT <rfc822;bob@example.org>); Tue, 24 Nov 2026 09:14:06 "
     "+0000\n" REST,
     {"v.example"},
     {"two names"},
     NULL},
    {"rspamd knew the id that the host gave the mail",
     "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTPS id "
     "6EBC8340181; Tue, 24 "
     "Nov 2026 09:14:07 +0000\nAuthentication-Results: mx.example.org; dmarc=fail "
     "header.from=b.example\nX-Rspamd-Queue-Id: 6EBC8340181\n" REST,
     {"\"method\":\"dmarc\",\"result\":\"fail\",\"by\":\"mx.example.org\",\"trust\":\"own\""},
     {"\"problems\""},
     NULL},
    {"a stranger did not; nor is the second field believed",
     "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTPS id "
     "6EBC8340181; Tue, 24 "
     "Nov 2026 09:14:07 +0000\nAuthentication-Results: mx.example.org; dmarc=pass "
     "header.from=b.example\nX-Rspamd-Queue-Id: 6EBC8340182\n" REST,
     {"\"by\":\"mx.example.org\",\"trust\":\"unverified\""},
     {"\"trust\":\"own\""},
     NULL},
    {"what stands below rspamd's note came with the mail",
     "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTPS id "
     "6EBC8340181; Tue, 24 "
     "Nov 2026 09:14:07 +0000\nX-Rspamd-Queue-Id: 6EBC8340181\nAuthentication-Results: mx.example.org; "
     "dkim=pass "
     "header.d=bank.example\n" REST,
     {"\"by\":\"mx.example.org\",\"trust\":\"unverified\""},
     {"\"trust\":\"own\""},
     NULL},
    {"a provider's results are the topmost of their field; others came with the mail",
     "Received: from a.example (a.example [192.0.2.1]) by mx.google.com with ESMTPS id b2; Tue, 24 Nov 2026 "
     "01:14:07 "
     "-0800\nAuthentication-Results: mx.google.com; dmarc=fail header.from=bank.example\n"
     "Authentication-Results: mx.google.com; dkim=pass header.d=bank.example\n"
     "Authentication-Results: dkim=pass header.d=bank.example\nReceived-SPF: pass client-ip=192.0.2.1\n"
     "X-Original-Authentication-Results: mx.google.com; dkim=pass header.d=bank.example\n" REST,
     {"\"method\":\"dmarc\",\"result\":\"fail\",\"by\":\"mx.google.com\",\"trust\":\"own\""},
     {"\"result\":\"pass\",\"by\":\"mx.google.com\",\"trust\":\"own\"",
      "\"result\":\"pass\",\"trust\":\"own\""},
     NULL},
    {"LMTP from a public address is not forged, and no stranger's greeting",
     "Received: from mx.example.org ([192.0.2.4]) by imap.example.org with LMTP id 1; Tue, 24 Nov 2026 "
     "09:14:08 +0000\n"
     "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; Tue, 24 "
     "Nov 2026 "
     "09:14:07 +0000\n" REST,
     {"handed the mail over by LMTP, may be that host: --trust 192.0.2.4"},
     {"forged", "strangers"},
     NULL},
    {"a container on top of a host that --trust names",
     "Received: from mx.example.org ([172.22.1.253]) by 0a1b2c3d4e5f with LMTP id 1; Tue, 24 Nov 2026 "
     "09:14:08 +0000\n"
     "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; Tue, 24 "
     "Nov 2026 "
     "09:14:07 +0000\n" REST,
     {"\"boundary\":{\"hop\":1,\"ip\":\"192.0.2.1\""},
     {"forged", "does not name"},
     "mx.example.org"},
    {"containers name each other as they like",
     "Received: from postfix ([10.42.0.7]) by dovecot with LMTP id 1; Tue, 24 Nov 2026 09:14:08 +0000\n"
     "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; Tue, 24 "
     "Nov 2026 "
     "09:14:07 +0000\n" REST,
     {"\"boundary\":{\"hop\":1,\"ip\":\"192.0.2.1\""},
     {"forged"},
     NULL},
    {"an id that counts up, or that is a version, is known to everybody",
     "Received: from evil.example (203.0.113.66) by mx.example.org (10.0.0.5) with Microsoft SMTP Server id "
     "15.2.1118.7; Tue, 24 Nov 2026 09:14:07 +0000\nX-Rspamd-Queue-Id: 15.2.1118.7\n"
     "Authentication-Results: mx.example.org; dkim=pass header.d=bank.example\n" REST,
     {"\"by\":\"mx.example.org\",\"trust\":\"unverified\""},
     {"\"trust\":\"own\""},
     ".example.org"},
    {"behind Docker's bridge may be anybody",
     "Received: from mx.example.org (unknown [172.17.0.1]) by mx.example.org (Postfix) with ESMTP id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\nAuthentication-Results: mx.example.org; dkim=pass "
     "header.d=bank.example\nReceived: from bank.example (bank.example [192.0.2.1]) by mx.example.org "
     "(Postfix) with ESMTP id 2; Tue, 24 Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":2,\"ip\":\"172.17.0.1\"", "first address of a private network",
      "\"by\":\"mx.example.org\",\"trust\":\"unverified\""},
     {"\"trust\":\"own\"", "forged"},
     NULL},
    {"who is alone there is no host of ours either",
     "Received: from x (unknown [172.18.0.1]) by mx.example.org (Postfix) with ESMTP id 6EBC8340181; Tue, 24 "
     "Nov 2026 09:14:07 +0000\nAuthentication-Results: mx.example.org; dkim=pass "
     "header.d=bank.example\n" REST,
     {"\"by\":\"mx.example.org\",\"trust\":\"unverified\""},
     {"\"trust\":\"own\""},
     NULL},
    {"but a container hands over from another address, and LMTP is of the system",
     "Received: from postfix ([172.17.0.1]) by dovecot with LMTP id 1; Tue, 24 Nov 2026 09:14:08 +0000\n"
     "Received: from filter (unknown [172.17.0.3]) by mx.example.org (Postfix) with ESMTP id 2; Tue, 24 "
     "Nov 2026 09:14:07 +0000\nReceived: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) "
     "with ESMTP id 3; Tue, 24 Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":1,\"ip\":\"192.0.2.1\""},
     {"forged", "first address"},
     NULL},
    {"a stranger behind a proxy on the same host",
     "Received: from mail.evil.example (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTP id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\n"
     "Authentication-Results: mx.example.org; dkim=pass header.d=bank.example\n"
     "Received: from bank.example (bank.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; "
     "Tue, 24 Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":2,\"ip\":\"127.0.0.1\"", "\"by\":\"mx.example.org\",\"trust\":\"unverified\"",
      "a proxy that does not name its client"},
     {"\"trust\":\"own\"", "forged"},
     NULL},
    {"and over IPv6",
     "Received: from mail.evil.example (localhost [IPv6:::1]) by mx.example.org (Postfix) with ESMTP id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\n"
     "Authentication-Results: mx.example.org; dkim=pass header.d=bank.example\n"
     "Received: from bank.example (bank.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; "
     "Tue, 24 Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":2,\"ip\":\"::1\"", "\"by\":\"mx.example.org\",\"trust\":\"unverified\"",
      "a proxy that does not name its client"},
     {"\"trust\":\"own\"", "forged"},
     NULL},
    {"and behind a load balancer",
     "Received: from mail.evil.example (unknown [10.1.2.3]) by mx.example.org (Postfix) with ESMTP id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\n"
     "Authentication-Results: mx.example.org; dkim=pass header.d=bank.example\n"
     "Received: from bank.example (bank.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; "
     "Tue, 24 Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":2,\"ip\":\"10.1.2.3\"", "\"by\":\"mx.example.org\",\"trust\":\"unverified\"",
      "a proxy that does not name its client"},
     {"\"trust\":\"own\"", "forged"},
     NULL},
    {"whose name says nothing of the client",
     "Received: from mail.evil.example (lb.example.org [10.1.2.3]) by mx.example.org (Postfix) with ESMTP id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\n"
     "Authentication-Results: mx.example.org; dkim=pass header.d=bank.example\n"
     "Received: from bank.example (bank.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; "
     "Tue, 24 Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":2,\"ip\":\"10.1.2.3\"", "\"by\":\"mx.example.org\",\"trust\":\"unverified\"",
      "a proxy that does not name its client"},
     {"\"trust\":\"own\"", "forged"},
     NULL},
    {"and where it greets with an address",
     "Received: from [203.0.113.66] (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTP id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\n"
     "Authentication-Results: mx.example.org; dkim=pass header.d=bank.example\n"
     "Received: from bank.example (bank.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; "
     "Tue, 24 Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":2,\"ip\":\"127.0.0.1\"", "\"by\":\"mx.example.org\",\"trust\":\"unverified\"",
      "a proxy that does not name its client"},
     {"\"trust\":\"own\"", "forged"},
     NULL},
    {"and with one of IPv6",
     "Received: from [IPv6:2001:db8::66] (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTP id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\n"
     "Authentication-Results: mx.example.org; dkim=pass header.d=bank.example\n"
     "Received: from bank.example (bank.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; "
     "Tue, 24 Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":2,\"ip\":\"127.0.0.1\"", "\"by\":\"mx.example.org\",\"trust\":\"unverified\"",
      "a proxy that does not name its client"},
     {"\"trust\":\"own\"", "forged"},
     NULL},
    {"--trust with the names of hosts does not help a stranger behind a proxy",
     "Received: from mail.evil.example (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTP id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\n"
     "Authentication-Results: mx.example.org; dkim=pass header.d=bank.example\n"
     "Received: from bank.example (bank.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; "
     "Tue, 24 Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":2,\"ip\":\"127.0.0.1\"", "\"by\":\"mx.example.org\",\"trust\":\"unverified\"",
      "a proxy that does not name its client"},
     {"\"trust\":\"own\"", "forged"},
     ".example.org"},
    {"but an address inside that is named is believed whatever it calls itself",
     "Received: from mail.other.example (unknown [10.1.2.3]) by mx.example.org (Postfix) with ESMTP id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\n"
     "Authentication-Results: mx.example.org; dkim=pass header.d=bank.example\n"
     "Received: from bank.example (bank.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; "
     "Tue, 24 Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":1,\"ip\":\"192.0.2.1\"", "\"by\":\"mx.example.org\",\"trust\":\"own\""},
     {"forged", "proxy"},
     ".example.org 10.1.2.3"},
    {"and a name of another organisation that the DNS inside gives to an address inside",
     "Received: from mail.other.example (mail.other.example [10.1.2.3]) by mx.example.org (Postfix) with "
     "ESMTP id 6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\n"
     "Received: from bank.example (bank.example [192.0.2.1]) by mail.other.example (Postfix) with ESMTP id "
     "2; Tue, 24 Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":1,\"ip\":\"192.0.2.1\""},
     {"forged", "proxy"},
     NULL},
    {"a filter's reinjection",
     "Received: from localhost (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTP id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:08 +0000\n"
     "Received: from mx.example.org ([127.0.0.1]) by localhost (mx.example.org [127.0.0.1]) (amavisd-new, "
     "port 10024) with ESMTP id aB3dE5fG7hI9; Tue, 24 Nov 2026 09:14:07 +0000\n"
     "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; Tue, 24 "
     "Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":1,\"ip\":\"192.0.2.1\""},
     {"forged", "proxy"},
     NULL},
    {"that of a filter which writes no field",
     "Received: from mx.example.org (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTP id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:08 +0000\n"
     "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; Tue, 24 "
     "Nov 2026 09:14:06 +0000\n" REST,
     {"\"boundary\":{\"hop\":1,\"ip\":\"192.0.2.1\""},
     {"forged", "proxy"},
     NULL},
    {"webmail in a customer's name may be anybody, and nothing is forged",
     "Received: from webmail.customer.example (localhost [127.0.0.1]) by mx.example.org (Postfix) with "
     "ESMTPA id 6EBC8340181; Tue, 24 Nov 2026 09:14:08 +0000\n" REST,
     {"\"boundary\":{\"hop\":1,\"ip\":\"127.0.0.1\""},
     {"forged"},
     NULL},
    {"Sendmail's id is one more than that of the mail before, which its reply told",
     "Received: from evil.example ([203.0.113.66]) by mx.example.org (8.17.1/8.17.1) with ESMTP id "
     "3AO9E7aB012345; Tue, 24 Nov 2026 09:14:07 +0000\nX-Rspamd-Queue-Id: 3AO9E7aB012345\n"
     "Authentication-Results: mx.example.org; dkim=pass header.d=bank.example\n" REST,
     {"\"by\":\"mx.example.org\",\"trust\":\"unverified\""},
     {"\"method\":\"dkim\",\"result\":\"pass\",\"by\":\"mx.example.org\",\"trust\":\"own\""},
     NULL},
    {"who guesses often guesses right",
     "Received: from evil.example (evil.example [203.0.113.66]) by mx.example.org (Postfix) with ESMTPS id "
     "6EBC8340181; Tue, 24 Nov 2026 09:14:07 +0000\nAuthentication-Results: mx.example.org; dkim=pass "
     "header.d=bank.example\n" GUESSES REST,
     {"\"by\":\"mx.example.org\",\"trust\":\"unverified\""},
     {"\"trust\":\"own\""},
     NULL},
    {"what a claim about the client says beside its domain is not believed",
     "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 2; Tue, 24 "
     "Nov 2026 09:14:07 +0000\nAuthentication-Results: mx.example.org; auth=pass smtp.auth=ceo@bank.example "
     "smtp.mailfrom=a.example; iprev=pass policy.iprev=192.0.2.9 smtp.helo=a.example; bimi=pass "
     "header.d=a.example; "
     "dkim=pass reason=\"signed by bank.example\" header.d=a.example; spf=pass smtp.mailfrom=a.example "
     "smtp.remote-ip=192.0.2.9\n" REST,
     {"\"trust\":\"unverified\""},
     {"\"trust\":\"own\"", "\"forged\""},
     ".example.org"},
    {"two fields of results: only the upper one is the filter's",
     "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postcow) with ESMTPS id 2; Tue, 24 "
     "Nov 2026 "
     "09:14:07 +0000\nAuthentication-Results: mx.example.org; spf=fail "
     "smtp.mailfrom=b.example\nAuthentication-Results: mx.example.org; dkim=pass header.d=b.example\n" REST,
     {"\"method\":\"spf\",\"result\":\"fail\",\"by\":\"mx.example.org\",\"trust\":\"own\"",
      "\"method\":\"dkim\",\"result\":\"pass\",\"by\":\"mx.example.org\",\"trust\":\"unverified\""},
     {NULL},
     NULL},
    {"a container behind Postfix (mailcow)",
     "Received: from mx.example.org ([172.22.1.253]) by 0a1b2c3d4e5f with LMTP id 1; Tue, 24 Nov 2026 "
     "09:14:08 "
     "+0000\nReceived: from mail.example.com (mail.example.com [192.0.2.5]) by mx.example.org (Postcow) with "
     "ESMTPS id 2; "
     "Tue, 24 Nov 2026 09:14:07 +0000\n" REST,
     {"\"boundary\":{\"hop\":1,\"ip\":\"192.0.2.5\""},
     {"\"problems\""},
     NULL},
    {"Proton gathers its results below all fields",
     "Received: from mail.example.com (mail.example.com [192.0.2.5]) by mailin1.protonmail.ch (Postfix) with "
     "ESMTPS id 2; "
     "Tue, 24 Nov 2026 09:14:07 +0000\n" SUBMITTED
     "Authentication-Results: mail.protonmail.ch; dkim=pass header.d=example.com\n" REST,
     {"\"by\":\"mail.protonmail.ch\",\"trust\":\"own\""},
     {NULL},
     NULL},
    {"a HELO that is a key word",
     "Received: from by (unknown [203.0.113.66]) by mx.example.org (Postfix) with ESMTP id 2; Tue, 24 Nov "
     "2026 09:14:07 "
     "+0000\n" OWN REST,
     {"\"boundary\":{\"hop\":2,\"ip\":\"203.0.113.66\",\"helo\":\"by\",\"by\":\"mx.example.org\""},
     {"\"trust\":\"own\""},
     ".example.org"},
    {"a name that the writer does not check is nobody's: OpenSMTPD",
     "Received: from x (mx2.example.org [192.0.2.66]) by mx.example.org (OpenSMTPD) with ESMTP id 2; Tue, 24 "
     "Nov 2026 "
     "09:14:07 +0000\n" FROM_OUTSIDE REST,
     {"\"boundary\":{\"hop\":2,\"ip\":\"192.0.2.66\"", "the field does not say that this name was confirmed"},
     {"\"trust\":\"own\""},
     ".example.org"},
    {"inside one organisation",
     OWN "Received: by mx.example.org (Postfix, from userid 33) id 3; Tue, 24 Nov 2026 09:14:07 +0000\n" REST,
     {"no field says that the mail came from outside"},
     {"\"trust\":\"boundary\"", "\"problems\""},
     NULL},
    {"Microsoft's word for bulk mail",
     OWN FROM_OUTSIDE "X-Microsoft-Antispam: BCL:6;\n" REST,
     {"Microsoft judged this as bulk (BCL 6)"},
     {NULL},
     NULL},
};

static void take(void *context, const char *bytes, size_t length) {
    g_string_append_len(context, bytes, (gssize)length);
}

static void expect_said(const char *what, const char *json, const char *text, bool wanted) {
    if ((strstr(json, text) != NULL) == wanted)
        return;
    print_error("chain:    %s\n%s %s\nreport:   %s\n", what, wanted ? "must say: " : "never say:", text,
                json);
    fail();
}

static void tells(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_auto(GStrv) trusted = g_strsplit(rows[i].trusted ? rows[i].trusted : "", " ", -1);
        struct mailwhy_options options = {.size = sizeof(struct mailwhy_options),
                                          .trusted = (const char *const *)trusted,
                                          .trusted_count = g_strv_length(trusted)};
        struct mailwhy *why = mailwhy_new(&options);
        struct mailwhy_worker *worker = mailwhy_worker_new(why);
        g_autoptr(GString) out = g_string_new(NULL);
        struct mailwhy_input input = {.size = sizeof(struct mailwhy_input),
                                      .name = "x",
                                      .bytes = rows[i].message,
                                      .length = strlen(rows[i].message)};
        mailwhy_explain(worker, &input, mailwhy_format_find("json"), take, out);
        for (size_t k = 0; k < MOST && rows[i].says[k]; k++)
            expect_said(rows[i].what, out->str, rows[i].says[k], true);
        for (size_t k = 0; k < MOST && rows[i].never[k]; k++)
            expect_said(rows[i].what, out->str, rows[i].never[k], false);
        mailwhy_worker_free(worker);
        mailwhy_free(why);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
