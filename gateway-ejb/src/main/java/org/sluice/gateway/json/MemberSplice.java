package org.sluice.gateway.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.Slice;

/**
 * An object's bytes with top-level members cut out, renamed, replaced or added. What is kept keeps its bytes, order and
 * white space; an object that nothing is done to stays one slice. Belongs to one thread.
 */
public final class MemberSplice {
    private final byte[] body;
    private final Map<String, Member> members;
    private final Set<String> cut = new HashSet<>();
    private final Map<String, String> renamed = new HashMap<>();
    private final Map<String, RawJson> set = new LinkedHashMap<>();
    private final List<Slice> slices = new ArrayList<>();
    private int keptFrom;
    private int keptTo;

    private MemberSplice(byte[] body, Map<String, Member> members) {
        this.body = body;
        this.members = members;
    }

    /** @throws org.sluice.gateway.error.GatewayException when the bytes are not one JSON object */
    public static MemberSplice of(byte[] object) {
        return new MemberSplice(object, JsonReader.readMembers(object));
    }

    public static MemberSplice of(Body body) {
        return of(body.toBytes());
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** The value as it stands in the object that was given, or null. */
    public Slice value(String name) {
        Member member = members.get(name);
        return member == null ? null : new Slice(body, member.valueFrom(), member.valueTo());
    }

    /** Leaves the member out; nothing happens when there is none. */
    public MemberSplice cut(String name) {
        if (has(name)) {
            cut.add(name);
        }
        return this;
    }

    /** Gives the member another name; nothing happens when there is none. */
    public MemberSplice rename(String name, String to) {
        if (has(name)) {
            renamed.put(name, to);
        }
        return this;
    }

    /** Replaces the member's value, or adds the member at the end. */
    public MemberSplice set(String name, RawJson value) {
        set.put(name, value);
        return this;
    }

    public boolean isChanged() {
        return !cut.isEmpty() || !renamed.isEmpty() || !set.isEmpty();
    }

    /** The object as it is now. */
    public Body toBody() {
        if (!isChanged()) {
            return Body.of(body);
        }
        slices.clear();
        keptFrom = keptTo = 0;
        Member previous = null;
        boolean isEmpty = true;
        for (Map.Entry<String, Member> entry : members.entrySet()) {
            Member member = entry.getValue();
            if (previous == null) {
                keep(0, member.nameFrom());
            }
            if (!cut.contains(entry.getKey())) {
                keep(isEmpty ? member.nameFrom() : previous.valueTo(), member.nameFrom());
                member(entry.getKey(), member);
                isEmpty = false;
            }
            previous = member;
        }
        int end = previous == null ? opening() : previous.valueTo();
        if (previous == null) {
            keep(0, end);
        }
        addMissing(isEmpty);
        keep(end, body.length);
        flush();
        return new Body(slices);
    }

    private void member(String name, Member member) {
        String to = renamed.get(name);
        if (to == null) {
            keep(member.nameFrom(), member.valueFrom());
        } else {
            insert(new JsonWriter(to.length() + 8).value(to).toBytes());
            keep(nameTo(member), member.valueFrom());
        }
        if (set.containsKey(name)) {
            insert(set.get(name).text().getBytes(StandardCharsets.UTF_8));
        } else {
            keep(member.valueFrom(), member.valueTo());
        }
    }

    private void addMissing(boolean isEmpty) {
        boolean isFirst = isEmpty;
        for (Map.Entry<String, RawJson> entry : set.entrySet()) {
            if (!has(entry.getKey()) || cut.contains(entry.getKey())) {
                JsonWriter out = new JsonWriter(64).outside(isFirst ? "" : ",").name(entry.getKey());
                insert(out.raw(entry.getValue()).toBytes());
                isFirst = false;
            }
        }
    }

    private int nameTo(Member member) {
        int at = member.nameFrom() + 1;
        while (body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private int opening() {
        int at = 0;
        while (body[at] != '{') {
            at++;
        }
        return at + 1;
    }

    /** Keeps bytes of the object; neighbours become one slice. */
    private void keep(int from, int to) {
        if (from != keptTo) {
            flush();
            keptFrom = from;
        }
        keptTo = to;
    }

    private void insert(byte[] bytes) {
        flush();
        slices.add(Slice.of(bytes));
    }

    private void flush() {
        if (keptTo > keptFrom) {
            slices.add(new Slice(body, keptFrom, keptTo));
        }
        keptFrom = keptTo;
    }
}
