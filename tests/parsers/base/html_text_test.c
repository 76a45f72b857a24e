/* What a person would read of HTML: entities, blocks, cells; nothing of what is hidden. */
#include "parsers/base/html_text.h"
#include "tests/table.h"

#include <glib.h>

static struct arena arena;

struct row {
    const char *input, *expected;
};

static void expect_rows(const struct row *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        expect_text(rows[i].input, html_to_text(&arena, slice_of(rows[i].input)), rows[i].expected);
}

static void blocks(void **state) {
    static const struct row rows[] = {
        {"<p>one</p><p>two", "one\n\ntwo"},
        {"a<br>b<br/>c<BR>d", "a\nb\nc\nd"},
        {"a<br><br>b", "a\n\nb"},
        {"<div>a<br></div>b", "a\nb"},
        {"<div>a</div><div><br></div><div>b</div>", "a\n\nb"},
        {"<div>a</div><div>b</div>", "a\nb"},
        {"<div>a\r\n  b</div>", "a b"},
        {"a <b>b</b> c<i>d</i>", "a b cd"},
        {"<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "a\nb\n\nc\n\nd\n\ne"},
        {"<ol><li>a</li>\n<li>b</li></ol>", "a\nb"},
        {"<dl><dt>a<dd>b<dt>c</dl>", "a\nb\nc"},
        {"<h1>a</h1>b<hr>c", "a\n\nb\nc"},
        {"<table><tr><td>a<td>b<tr><td>c</td><td>d</td></tr></table>e", "a b\nc d\ne"},
        {"<table><thead><tr><th>a</th></tr><tbody><tr><td>b</table>", "a\nb"},
        {"<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a\n\nb"},
        {"<pre>a\n  b\n</pre>c", "a\n  b\n\n\nc"},
        {"<blockquote>a</blockquote>b", "a\n\nb"},
        {"<select><option>a<option>b</select>", "a\nb"},
        {"a</p>b", "a\n\nb"},
        {"", ""},
        {"<p> \n ", ""},
    };
    (void)state;
    expect_rows(rows, ROWS(rows));
}

static void references(void **state) {
    static const struct row rows[] = {
        {"<p>&lt;bob@example.org&gt; &amp; co", "<bob@example.org> & co"},
        {"<p>Empf&auml;nger unbekannt", "Empf\xc3\xa4nger unbekannt"},
        {"<p>550&nbsp;5.7.1&emsp;no", "550 5.7.1 no"},
        {"<p>mail&shy;box&#8203; full", "mailbox full"},
        {"<p>&unknown; &", "&unknown; &"},
        {"<p>a&#0;b&#xd800;&#x202e;c", "a\xef\xbf\xbd"
                                       "b\xef\xbf\xbd\xe2\x80\xae"
                                       "c"},
        {"<pre>a&#9;b&nbsp;&nbsp;c", "a b  c"},
    };
    (void)state;
    expect_rows(rows, ROWS(rows));
}

static void hidden(void **state) {
    static const struct row rows[] = {
        {"<!-- mailbox full --><p>unknown user", "unknown user"},
        {"<p>a<!-->b<!--->c<!-- x --!>d<!--[if mso]>e<![endif]-->f<![if !mso]>g", "abcdfg"},
        {"<p>a<!-- never closed", "a"},
        {"<p>a<?php x ?>b</ x>c<!doctype html>d", "abcd"},
        {"<script>alert('</p>')</script>text", "text"},
        {"<style>x{}</style >text", "text"},
        {"<SCRIPT>a</scripts></script\n>text", "text"},
        {"<script>never closed", ""},
        {"<html><head><title>Mailbox full</title></head><body>text", "text"},
        {"<head><title>Mailbox full</title><meta x><p>text", "text"},
        {"<head>text", "text"},
        {"<head></head>text", "text"},
        {"<p>a<template><p>x</template>b", "ab"},
        {"<div hidden>x</div>text", "text"},
        {"<div hidden><div>x</div>x</div>text", "text"},
        {"<div style='display:none'>x<p>x</div>text", "text"},
        {"<div style=\"color:red; DISPLAY : none !important\">x</div>text", "text"},
        {"<span style=display:none>x</span>text", "text"},
        {"<div><span style=display:none>x</div>text", "text"},
        {"<p style='display:none'>x<p>text", "text"},
        {"<li style='display:none'>x<li>text", "text"},
        {"<table><tr><td style='display:none'>x<td>text</table>", "text"},
        {"<div style='visibility:hidden'>x<b style='visibility:visible'>text</b></div>", "text"},
        {"<div style='font-size:0'>x<b style='font-size:14px'>text</b></div>", "text"},
        {"<div style='font-size:0'>x<b style='font-size:2em'>x</b></div>text", "text"},
        {"<div style='font-size:1px'>x</div>text", "text"},
        {"<div style='font-size:0.9em'>text</div>", "text"},
        {"<div style='font-size:small'>text</div>", "text"},
        {"<div style='opacity:0'>x</div>text", "text"},
        {"<div style='opacity:0.5'>text</div>", "text"},
        {"<div style='max-height:0;overflow:hidden'>x</div>text", "text"},
        {"<div style='max-height:0'>text</div>", "text"},
        {"<div style='height:100px;overflow:hidden'>text</div>", "text"},
        {"<div class='x preheader'>x</div>text", "text"},
        {"<br hidden>text<img hidden><p>more", "text\n\nmore"},
        {"<div style='display:none'><table><tr><td>x</div>x</table></div>text", "text"},
        {"<iframe>x</iframe>text<noscript>shown", "textshown"},
    };
    (void)state;
    expect_rows(rows, ROWS(rows));
}

static void tags(void **state) {
    static const struct row rows[] = {
        {"<b class=\"x\">bold</b>", "bold"},
        {"<a href='>' title=\"a>b\">text</a>", "text"},
        {"<a href=x/>text</a>", "text"},
        {"<a =x y = 'z>' >text", "text"},
        {"<p>1 < 2 <3 <", "1 < 2 <3 <"},
        {"<p>a<unclosed", "a"},
        {"<p>a<unclosed b='", "a"},
        {"<p>a</unclosed", "a"},
        {"<p>for <bob@example.org>: unknown", "for <bob@example.org>: unknown"},
        {"<p>a<o:p>b</o:p><x-unknown>c</x-unknown>", "abc"},
        {"<div>a</b></i></div>b", "a\nb"},
    };
    (void)state;
    expect_rows(rows, ROWS(rows));
}

static void plain_text(void **state) {
    static const struct row rows[] = {
        {"Hi.\n<bob@example.org>:\nUser <unknown> &amp; co", "Hi.\n<bob@example.org>:\nUser <unknown> & co"},
        {"a\r\nb\n", "a\nb\n"},
        {"<unclosed", ""},
        {"1 < 2", "1 < 2"},
        {"a<!-- x -->b", "ab"},
    };
    (void)state;
    expect_rows(rows, ROWS(rows));
}

static struct slice repeated(const char *open, const char *text, const char *close, unsigned times) {
    GString *html = g_string_new(NULL);
    for (unsigned i = 0; i < times; i++)
        g_string_append(html, open);
    g_string_append(html, text);
    for (unsigned i = 0; i < times; i++)
        g_string_append(html, close);
    struct slice s = arena_copy(&arena, (struct slice){html->str, html->len});
    g_string_free(html, TRUE);
    return s;
}

/* However deep, the text is read, and nothing recurses. */
static void nested(void **state) {
    static const struct {
        const char *open, *close;
    } rows[] = {{"<div>", "</div>"}, {"<b id=x>", "<p>"},   {"<table><tr><td>", "</table>"},
                {"<ul><li>", ""},    {"<p>", "</unknown>"}, {"<table><td><b>", "</b>"}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].open, html_to_text(&arena, repeated(rows[i].open, "x", rows[i].close, 100000)),
                    "x");
    expect_text("hidden outside", html_to_text(&arena, repeated("<i hidden>", "x", "</i>", 1000)), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(blocks),     cmocka_unit_test(references),
                                       cmocka_unit_test(hidden),     cmocka_unit_test(tags),
                                       cmocka_unit_test(plain_text), cmocka_unit_test(nested)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
