package org.sluice.gateway.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.Slice;

/**
 * Changes the top level of an object: members are cut out, their values replaced, new ones put in at the end. What stays
 * keeps its bytes, order and white space and is shared, not copied, because providers find their prompt cache by it.
 */
public final class MemberEdit {
    private final byte[] body;
    private final List<Slice> slices = new ArrayList<>();
    private int keptFrom;
    private int keptTo;

    private MemberEdit(byte[] body) {
        this.body = body;
    }

    /**
     * @param members where the members stand, in order
     * @param cut names of members that go
     * @param put values by name: they replace the value of a member that stays, and are added where there is none
     */
    public static Body of(byte[] body, Map<String, Member> members, Set<String> cut, Map<String, RawJson> put) {
        return new MemberEdit(body).edited(members, cut, put);
    }

    /** The same for a body not read before. */
    public static Body of(Body body, Set<String> cut, Map<String, RawJson> put) {
        byte[] bytes = body.toBytes();
        return of(bytes, JsonReader.readMembers(bytes), cut, put);
    }

    private Body edited(Map<String, Member> members, Set<String> cut, Map<String, RawJson> put) {
        int opening = opening();
        int end = opening;
        boolean isEmpty = true;
        keep(0, opening);
        for (Map.Entry<String, Member> entry : members.entrySet()) {
            Member member = entry.getValue();
            if (!cut.contains(entry.getKey())) {
                keep(isEmpty && end != opening ? member.nameFrom() : end, member.valueFrom());
                isEmpty = false;
                RawJson replaced = put.get(entry.getKey());
                if (replaced == null) {
                    keep(member.valueFrom(), member.valueTo());
                } else {
                    insert(replaced.text());
                }
            }
            end = member.valueTo();
        }
        for (Map.Entry<String, RawJson> added : put.entrySet()) {
            if (!members.containsKey(added.getKey()) || cut.contains(added.getKey())) {
                insert((isEmpty ? "" : ",") + new JsonWriter().value(added.getKey()).toText() + ":" + added.getValue().text());
                isEmpty = false;
            }
        }
        keep(end, body.length);
        flush();
        return new Body(slices);
    }

    private int opening() {
        int at = 0;
        while (body[at] != '{') {
            at++;
        }
        return at + 1;
    }

    /** Keeps bytes of the body; neighbours become one slice. */
    private void keep(int from, int to) {
        if (from != keptTo) {
            flush();
            keptFrom = from;
        }
        keptTo = to;
    }

    private void insert(String text) {
        flush();
        slices.add(Slice.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void flush() {
        if (keptTo > keptFrom) {
            slices.add(new Slice(body, keptFrom, keptTo));
        }
        keptFrom = keptTo;
    }
}
