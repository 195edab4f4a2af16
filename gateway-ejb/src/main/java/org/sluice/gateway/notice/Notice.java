package org.sluice.gateway.notice;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened and that somebody may want to know.
 *
 * @param kind what, by its wire name: {@code limit.reached}, {@code limit.warning}, {@code credit.low}, {@code credit.empty},
 *     {@code provider.down}, {@code provider.up}, {@code report.daily}
 * @param organization whom it concerns; null for the operator
 * @param environment {@code prod}, {@code test}, or null when it is about both
 * @param subject what it is about, in one line; two notices of one kind and subject are the same news
 * @param facts numbers and names, by their wire names; no secrets and nothing that a client said
 */
public record Notice(String kind, String organization, String environment, String subject, Map<String, String> facts, Instant at) {
    public Notice { facts = Map.copyOf(facts); }
}
