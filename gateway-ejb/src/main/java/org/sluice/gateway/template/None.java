package org.sluice.gateway.template;

/** Python's None. Java's null never stands for a value inside the engine: it means that there is none. */
enum None { NONE }
