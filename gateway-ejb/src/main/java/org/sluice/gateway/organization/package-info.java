/**
 * What each organization has set for its calls: retries, fallbacks, the default model, how load is shared, its load balance
 * groups.
 *
 * <p>Settings are read from the database into memory and replaced as a whole; a call looks at them once and never waits
 * for the database. A change is seen by its own node at once and by every other within {@code gateway.stored.refresh}; while
 * the database is down the last reading holds. Fallbacks are one flat list without repetition and groups hold models and no
 * groups, so that neither can lead back to itself. Credentials of a group's models are sealed ({@code vault}); a group whose
 * credentials do not open is not there.
 *
 * <p>{@link org.sluice.gateway.organization.SettingsJson} is the JSON of the settings, on the wire and in the table
 * {@code organization_setting}; other readers may only read. Threading: safe for all threads.
 */
package org.sluice.gateway.organization;
