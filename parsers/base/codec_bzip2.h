/* bzip2, by libbz2 (in a module: module.h). */
#ifndef MAILWHY_CODEC_BZIP2_H
#define MAILWHY_CODEC_BZIP2_H

#include "parsers/base/codec.h"
#include "parsers/base/module.h"

extern const struct codec codec_bzip2 IN_MODULE;

#endif
