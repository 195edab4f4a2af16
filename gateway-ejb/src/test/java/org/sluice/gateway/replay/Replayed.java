package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sluice.gateway.recorded.Recording;

/**
 * One answer of a recording. Some recordings hold the streams of several calls in a row; those that broke off are no answer.
 *
 * @param body as the provider would send it to the gateway: framed where only the payloads were recorded
 * @param payloads the JSON of each event; of a whole answer the one body, or nothing when it is no JSON
 */
record Replayed(Recording recording, WireFormat format, int part, byte[] body, List<Object> payloads) {
    static Stream<Replayed> of(Recording recording, WireFormat format) {
        if (recording.status() >= 400 || recording.streamFormat() == null) {
            return Stream.of(new Replayed(recording, format, 0, recording.response(), json(recording.response())));
        }
        if (recording.streamFormat().equals("aws-eventstream")) {
            return Stream.of(new Replayed(recording, format, 0, recording.response(), AwsFrames.payloads(recording.response())));
        }
        List<List<String>> streams = streams(payloads(recording));
        List<Replayed> all = new ArrayList<>();
        for (List<String> stream : streams) {
            boolean isAsRecorded = streams.size() == 1 && recording.isSse();
            byte[] body = isAsRecorded ? recording.response() : format instanceof ConverseFormat ? AwsFrames.of(stream) : framed(stream);
            all.add(new Replayed(recording, format, all.size(), body, stream.stream().map(Tree::read).toList()));
        }
        return all.stream().filter(one -> streams.size() == 1 || one.hasEnd());
    }

    boolean isStream() {
        return recording.status() < 400 && recording.streamFormat() != null;
    }

    private static List<Object> json(byte[] body) {
        Object read = Tree.readOrText(new String(body, UTF_8));
        return read instanceof String ? List.of() : List.of(read);
    }

    private static List<String> payloads(Recording recording) {
        String body = new String(recording.response(), UTF_8);
        if (recording.streamFormat().equals("json-array")) {
            return elements(body);
        }
        return body.lines().map(line -> line.startsWith("data:") ? line.substring(5).strip() : line).filter(line -> line.startsWith("{")).toList();
    }

    /** The elements of an array of objects, as text. */
    private static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        int depth = 0;
        int from = 0;
        boolean isText = false;
        for (int at = 0; at < array.length(); at++) {
            char c = array.charAt(at);
            if (isText) {
                at += c == '\\' ? 1 : 0;
                isText = c != '"';
            } else if (c == '"') {
                isText = true;
            } else if (c == '{' && depth++ == 0) {
                from = at;
            } else if (c == '}' && --depth == 0) {
                elements.add(array.substring(from, at + 1).replaceAll("\\R", " "));
            }
        }
        return elements;
    }

    private static List<List<String>> streams(List<String> payloads) {
        List<List<String>> streams = new ArrayList<>();
        for (String payload : payloads) {
            String type = Tree.textOr("", Tree.read(payload), "type");
            if (streams.isEmpty() || type.equals("message_start") || type.equals("response.created")) {
                streams.add(new ArrayList<>());
            }
            streams.get(streams.size() - 1).add(payload);
        }
        return streams;
    }

    private boolean hasEnd() {
        String type = Tree.textOr("", payloads.get(payloads.size() - 1), "type");
        return type.equals("message_stop") || type.equals("response.completed") || type.equals("response.incomplete");
    }

    private static byte[] framed(List<String> payloads) {
        StringBuilder frames = new StringBuilder();
        for (String payload : payloads) {
            String type = Tree.text(Tree.read(payload), "type");
            frames.append(type == null ? "" : "event: " + type + "\n").append("data: ").append(payload).append("\n\n");
        }
        return frames.toString().getBytes(UTF_8);
    }

    @Override
    public String toString() {
        return recording.id() + (part == 0 ? "" : " part " + part);
    }
}
