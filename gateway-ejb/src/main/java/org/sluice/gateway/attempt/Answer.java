package org.sluice.gateway.attempt;

import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.route.Target;

/** What a target answered, in the client's dialect. */
public sealed interface Answer {
    Target target();

    /** @param body JSON in the client's dialect */
    record Whole(Target target, byte[] body, ResponseOutline outline) implements Answer {}

    record Streamed(Target target, AnswerFrames frames) implements Answer {}
}
