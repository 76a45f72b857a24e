/* The XML of DMARC aggregate reports (RFC 7489 appendix C, RFC 9990 appendix A), by expat: without DTDs and
 * entities, with limits of depth and of what is kept. Part of the module "xml". */
#ifndef MAILWHY_DMARC_XML_H
#define MAILWHY_DMARC_XML_H

#include "parsers/base/module.h"
#include "parsers/feedback/feedback_facts.h"

/* What could be read is kept where the text is damaged. Returns what is wrong with it (static text); NULL:
 * nothing. */
const char *dmarc_xml_read(struct feedback *feedback, struct slice text, struct arena *arena) IN_MODULE;

#endif
