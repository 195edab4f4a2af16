package org.sluice.gateway.replay;

import java.util.List;
import java.util.Map;

/** A conversation of five turns with tools, images and thoughts, as it should be understood at both ends. */
final class Script {
    static final String PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";
    static final String URL = "https://example.com/city.png";

    /** @param text or image null when the turn brings results of calls */
    record Turn(String text, String image, List<String> results, Answer answer) { }

    /** @param thought null for none */
    record Answer(String thought, String signature, String text, List<Said.Call> calls, int number) { }

    final String system = "You are terse. \"Quote\" \\ and \u00e9\u20ac\ud83d\ude00.";
    final Map<String, Map<String, Object>> tools = Map.of("weather", Tree.of("city", Tree.of("type", "string")), "time", Tree.of("zone", Tree.of("type", "string"), "utc", Tree.of("type", "boolean")));
    final List<Turn> turns = List.of(
            new Turn("What is this, and how is it there?", PNG, null, new Answer("A city. I ask for both.", "c2lnLW9uZQ==", "I look it up.",
                    List.of(new Said.Call("call_1a", "weather", Tree.of("city", "Z\u00fcrich \ud83c\udfd9")), new Said.Call("call_1b", "time", Tree.of("zone", "CET", "utc", false))), 1)),
            new Turn(null, null, List.of("sunny, 21\u00b0", "noon"), new Answer("Both are here.", "c2lnLXR3bw==", "Sunny at noon.\nWarm.", List.of(), 2)),
            new Turn("And this one?", URL, null, new Answer("Another.", "c2lnLXRocmVl", "", List.of(new Said.Call("call_3", "weather", Tree.of("city", "a\"b\\c\n"))), 3)),
            new Turn(null, null, List.of("error: no such city"), new Answer(null, null, "Nobody knows.", List.of(), 4)),
            new Turn("Thanks.", null, null, new Answer(null, null, "You are welcome.", List.of(), 5)));

    Object schema(String tool) {
        return Tree.of("type", "object", "properties", tools.get(tool), "required", List.copyOf(tools.get(tool).keySet()));
    }

    /** What a request says that has come to this turn. */
    Asked asked(int turn) {
        Asked asked = new Asked();
        asked.system.append(system);
        tools.keySet().forEach(tool -> asked.tool(tool, schema(tool)));
        int call = 0;
        for (Turn at : turns.subList(0, turn + 1)) {
            int first = call - (at.results == null ? 0 : at.results.size());
            for (int i = 0; at.results != null && i < at.results.size(); i++) {
                asked.said.add("call " + (first + i) + " gives " + at.results.get(i));
            }
            if (at.text != null) {
                asked.text("user", at.text);
                if (at.image != null) {
                    asked.image("user", at.image);
                }
            }
            if (at != turns.get(turn)) {
                asked.text("assistant", at.answer.text);
                for (Said.Call made : at.answer.calls) {
                    asked.call(made.id(), made.name(), made.arguments());
                    call++;
                }
                asked.sign(at.answer.calls.isEmpty() ? null : at.answer.signature);
            }
        }
        return asked;
    }
}
