package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonWriter;

/**
 * The client's bytes with the model renamed, the gateway's members cut out and usage asked for. What is kept keeps its
 * bytes, order and white space, because providers find their prompt cache by it; an unchanged body is one slice.
 */
final class ForwardedRequest {
    private static final byte[] ASK_USAGE = "{\"include_usage\":true}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ASK_USAGE_FIRST = "{\"include_usage\":true,".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USAGE_MEMBER = "\"stream_options\":{\"include_usage\":true}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MODEL_MEMBER = "\"model\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMA = {','};

    private final RequestOutline outline;
    private final byte[] body;
    private final String upstreamModel;
    private final boolean asksUsage;
    private final List<Slice> slices = new ArrayList<>();
    private int pendingFrom;
    private int pendingTo;

    private ForwardedRequest(RequestOutline outline, String upstreamModel) {
        this.outline = outline;
        this.body = outline.body();
        this.upstreamModel = upstreamModel;
        this.asksUsage = outline.stream() && !outline.includeUsage();
    }

    static Body of(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers) {
        return new ForwardedRequest(outline, upstreamModel).body(gatewayMembers);
    }

    private Body body(Set<String> gatewayMembers) {
        Member previous = null;
        boolean isEmpty = true;
        for (Map.Entry<String, Member> entry : outline.members().entrySet()) {
            Member member = entry.getValue();
            if (previous == null) {
                keep(0, member.nameFrom());
            }
            if (!gatewayMembers.contains(entry.getKey())) {
                keep(isEmpty ? member.nameFrom() : previous.valueTo(), member.valueFrom());
                value(entry.getKey(), member);
                isEmpty = false;
            }
            previous = member;
        }
        int end = previous == null ? opening() : previous.valueTo();
        if (previous == null) {
            keep(0, end);
        }
        insertMissing(isEmpty, gatewayMembers);
        keep(end, body.length);
        flush();
        return new Body(slices);
    }

    private void value(String name, Member member) {
        if (name.equals("model") && !outline.model().equals(upstreamModel)) {
            insert(quoted(upstreamModel));
        } else if (name.equals("stream_options") && asksUsage) {
            streamOptions(member);
        } else {
            keep(member.valueFrom(), member.valueTo());
        }
    }

    private void streamOptions(Member member) {
        int from = member.valueFrom();
        if (body[from] != '{') {
            insert(ASK_USAGE);
            return;
        }
        Slice wanted = ValueScan.member(new Slice(body, from, member.valueTo()), "include_usage");
        if (wanted != null) {
            keep(from, wanted.from());
            insert(TRUE);
            keep(wanted.to(), member.valueTo());
        } else if (body[ValueScan.skipSpace(body, from + 1)] == '}') {
            insert(ASK_USAGE);
        } else {
            insert(ASK_USAGE_FIRST);
            keep(from + 1, member.valueTo());
        }
    }

    private void insertMissing(boolean isEmpty, Set<String> gatewayMembers) {
        boolean needsComma = !isEmpty;
        if (!has("model", gatewayMembers) && !upstreamModel.isEmpty()) {
            separate(needsComma);
            insert(MODEL_MEMBER);
            insert(quoted(upstreamModel));
            needsComma = true;
        }
        if (asksUsage && !has("stream_options", gatewayMembers)) {
            separate(needsComma);
            insert(USAGE_MEMBER);
        }
    }

    private boolean has(String name, Set<String> gatewayMembers) {
        return outline.members().containsKey(name) && !gatewayMembers.contains(name);
    }

    private void separate(boolean needsComma) {
        if (needsComma) {
            insert(COMMA);
        }
    }

    private int opening() {
        return ValueScan.skipSpace(body, 0) + 1;
    }

    private static byte[] quoted(String text) {
        return new JsonWriter(text.length() + 8).value(text).toBytes();
    }

    /** Keeps bytes of the client's body; neighbours become one slice. */
    private void keep(int from, int to) {
        if (from != pendingTo) {
            flush();
            pendingFrom = from;
        }
        pendingTo = to;
    }

    private void insert(byte[] bytes) {
        flush();
        slices.add(Slice.of(bytes));
    }

    private void flush() {
        if (pendingTo > pendingFrom) {
            slices.add(new Slice(body, pendingFrom, pendingTo));
        }
        pendingFrom = pendingTo;
    }
}
