package org.sluice.gateway.provider.demo;

import java.util.List;

/** What the demo model has to say, before it is written. */
sealed interface DemoAnswer {
    /** @param isCut there was more to say than the limit allows */
    record Text(List<String> tokens, boolean isCut, Breakage breakage) implements DemoAnswer { }

    record Calls(List<Call> calls) implements DemoAnswer { }

    /** @param arguments JSON text */
    record Call(String name, String arguments) { }

    record Failure(int status, String type, String code, String param, String message) implements DemoAnswer { }

    /** How a stream goes wrong on request. */
    enum Breakage { NONE, ERROR_EVENT, CUT }
}
