import type { FolderRole } from '../generator/folders.ts';
import type { User } from './zuiderlicht.ts';

/** A mail as the demo tells it: who with, about what. `#` becomes a running number. */
export interface Letter {
  readonly with: string;
  readonly subject: string;
  /** Where it lies: inbox unless said; sent and drafts are the owner's own. */
  readonly folder?: FolderRole;
}

const ANNA = 'anna.berger@fabrikam.example';
const BANK = 'relations@noordzeebank.example';
const NOTARY = 'office@vandijk-notaris.example';
const CREW = 'crewing@northwind.example';
const DOCTOR = 'praktijk@havenarts.example';
const UNION = 'bestuur@zeevaart-bond.example';
const BROKER = 'desk@adatum.example';

/** What people write to each of the seven. The first ones are the ones a reader should notice. */
export const LETTERS: { readonly [user in User]: readonly Letter[] } = {
  'g.jacobs': [
    { with: ANNA, subject: 'RE: Wire transfer details' },
    { with: ANNA, subject: 'RE: RE: Wire transfer details', folder: 'sent' },
    { with: `m.visser@zuiderlicht.example`, subject: 'Salary review 2026 (confidential)' },
    { with: NOTARY, subject: 'Fwd: passport scan for the notary', folder: 'sent' },
    { with: BANK, subject: 'Credit facility: signed copy, second page missing' },
    { with: BANK, subject: 'Your new token for corporate banking' },
    { with: 'l.pena@zuiderlicht.example', subject: 'Northern Lights: offer price (board only)' },
    { with: NOTARY, subject: 'Share transfer deed, draft #' },
    { with: 'l.pena@zuiderlicht.example', subject: 'Bonus pool 2026: please do not forward' },
    { with: ANNA, subject: 'Invoice 2026-04# overdue' },
    { with: BROKER, subject: 'Bunker price fixing, week 3#' },
    { with: 'finance@zuiderlicht.example', subject: 'Payment run #: please approve' },
    { with: 'audit@brandwijk-accountants.example', subject: 'Audit 2026: open questions (#)' },
    { with: ANNA, subject: 'New bank account for payments', folder: 'drafts' },
    {
      with: 'l.pena@zuiderlicht.example',
      subject: 'Cash-flow forecast Q4, version #',
      folder: 'sent',
    },
    { with: NOTARY, subject: 'Northern Lights: due diligence folder', folder: 'project' },
  ],
  'm.visser': [
    { with: CREW, subject: 'Passport scan: A. de Boer, chief mate' },
    { with: DOCTOR, subject: 'Medical certificate, crew member #' },
    { with: 'g.jacobs@zuiderlicht.example', subject: 'RE: Salary review 2026 (confidential)' },
    { with: 'vertrouwenspersoon@zuiderlicht.example', subject: 'Melding, strikt vertrouwelijk' },
    { with: UNION, subject: 'CAO-overleg, ronde #' },
    { with: CREW, subject: 'Loonstroken augustus, batch #', folder: 'sent' },
    { with: 'sollicitatie@werkbij.example', subject: 'Sollicitatie planner: cv en diploma #' },
    { with: 'pensioen@adatum.example', subject: 'Pensioenopgave deelnemer 20#' },
    { with: CREW, subject: 'BSN en bankrekening nieuwe bemanning', folder: 'project' },
    { with: DOCTOR, subject: 'Re-integratieplan (concept)', folder: 'drafts' },
    {
      with: 'l.pena@zuiderlicht.example',
      subject: 'Vaststellingsovereenkomst, versie #',
      folder: 'sent',
    },
  ],
  finance: [
    { with: 'billing@northwind.example', subject: 'Invoice NW-88#' },
    { with: 'accounts@fabrikam.example', subject: 'Statement of account, August' },
    { with: 'billing@adatum.example', subject: 'Reminder: invoice AD-51#' },
    { with: BANK, subject: 'Daily balance #' },
    { with: 'accounts@fabrikam.example', subject: 'Payment confirmation FB-23#', folder: 'sent' },
    { with: 'billing@northwind.example', subject: 'Port dues, credit note #' },
  ],
  'k.okafor': [
    { with: 'ops@northwind.example', subject: 'Quote Rotterdam–Tema, 40ft reefer (#)' },
    { with: BROKER, subject: 'RE: rates for November' },
    { with: 'ops@northwind.example', subject: 'Bill of lading ZLS-7#' },
    { with: 'claims@fabrikam.example', subject: 'Cargo claim: wet damage, photos #' },
    { with: 'ops@northwind.example', subject: 'Booking confirmation 88#', folder: 'sent' },
    { with: BROKER, subject: 'Customer list 2026', folder: 'archive' },
  ],
  'a.lefevre': [
    { with: 'transit@adatum.example', subject: 'Déclaration en douane n° #' },
    { with: 'quai@fabrikam.example', subject: 'Réunion de lundi, ordre du jour' },
    { with: 'transit@adatum.example', subject: 'Devis Le Havre–Dakar (#)', folder: 'sent' },
    { with: 'quai@fabrikam.example', subject: 'Contrat de transport, avenant #' },
  ],
  'l.pena': [
    { with: 'consejo@northwind.example', subject: 'Acta del consejo, borrador #' },
    { with: 'g.jacobs@zuiderlicht.example', subject: 'Northern Lights: term sheet' },
    { with: 'prensa@diario-puerto.example', subject: 'Entrevista: preguntas' },
    { with: NOTARY, subject: 'Poder notarial, copia #', folder: 'sent' },
  ],
  't.berg': [
    { with: 'alerts@zuiderlicht.example', subject: 'Unfamiliar sign-in: g.jacobs' },
    { with: 'backup@zuiderlicht.example', subject: 'Sicherungsbericht #' },
    { with: 'support@fabrikam.example', subject: 'Ticket #: VPN-Zertifikate' },
    {
      with: 'alerts@zuiderlicht.example',
      subject: 'Kennwörter der Dienstkonten',
      folder: 'archive',
    },
  ],
};

/** What everybody gets. */
export const ROUND_MAIL: readonly Letter[] = [
  { with: 'news@harbour-daily.example', subject: 'Harbour Daily, no. #' },
  { with: 'canteen@zuiderlicht.example', subject: 'Lunch this week' },
  { with: 'safety@zuiderlicht.example', subject: 'Reminder: safety training' },
  { with: 'noreply@adatum.example', subject: 'Your shipment # has arrived' },
  { with: 'l.pena@zuiderlicht.example', subject: 'Summer party: photos' },
];
