package org.sluice.gateway.dialect;

import java.util.Map;

/**
 * The top level of a request body, read strictly once: what routing needs, and where each member stands, so that a
 * member can be cut out or replaced without reading the rest again.
 *
 * @param body the client's bytes, a single well-formed JSON object
 * @param model the model asked for, "" when absent
 * @param stream whether a stream is asked for
 * @param includeUsage whether the client wants the usage event in a stream
 * @param members every top-level member by its unescaped name, in order of appearance
 */
public record RequestOutline(byte[] body, String model, boolean stream, boolean includeUsage, Map<String, Member> members) {
    /**
     * Byte positions in the body.
     *
     * @param nameFrom position of the name's opening quote
     * @param valueFrom position of the value's first byte
     * @param valueTo position after the value's last byte
     */
    public record Member(int nameFrom, int valueFrom, int valueTo) {}

    /** The value of a member as it stands, or null when there is none. */
    public Slice value(String name) {
        Member member = members.get(name);
        return member == null ? null : new Slice(body, member.valueFrom(), member.valueTo());
    }
}
