/**
 * Managed prompts: templates that an organization keeps, versions, deploys, and names in its calls (contract 7).
 *
 * <p><b>Way of a call</b>: {@link org.sluice.gateway.prompt.PromptResolver} finds the version, renders its messages and joins them
 * with the request's body in the client's own dialect, so that everything behind it (check, route, forward, log) sees an
 * ordinary request. A call without a prompt passes untouched.
 *
 * <p><b>Memory</b>: {@link org.sluice.gateway.prompt.PromptLibrary} holds every prompt's names, version numbers and live versions, and
 * compiled versions within a bound for each organization. Live and newest versions are compiled when they are read; an older
 * one is read by another thread when it is named first. No request thread meets the database.
 *
 * <p><b>Rules</b>: a version is changed while it is the newest and not committed, never after; numbers are not used again. Only
 * committed versions are live, one for each environment. What is stored has no credentials in it. A value never becomes
 * anything but text in its own message. What belongs to another organization is not there.
 *
 * <p>Changes go through {@link org.sluice.gateway.prompt.Prompts}, each with an audit entry, and hold on this node when they return;
 * other nodes follow within {@code gateway.stored.refresh}.
 */
package org.sluice.gateway.prompt;
