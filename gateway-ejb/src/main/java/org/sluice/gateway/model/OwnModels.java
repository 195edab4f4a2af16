package org.sluice.gateway.model;

import java.util.List;
import java.util.Optional;

/** The models that organizations made for themselves, from memory. One organization's are nobody else's. */
public interface OwnModels {
    /** The one asked for by this name; upper and lower case do not matter. */
    Optional<OwnModel> find(String organization, String name);

    /** The one of this provider that the provider knows by this name. */
    Optional<OwnModel> find(String organization, String providerId, String upstreamModel);

    /** All of an organization, in the order of their names. */
    List<OwnModel> of(String organization);

    /** Another number whenever any organization's have changed. */
    long version();
}
