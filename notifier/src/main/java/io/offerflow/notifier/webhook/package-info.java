/** Sends events to webhooks. */
package io.offerflow.notifier.webhook;
