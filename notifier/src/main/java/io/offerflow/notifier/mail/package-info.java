/** Sends notifications as e-mails. */
package io.offerflow.notifier.mail;
