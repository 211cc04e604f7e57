/// An item of the return of which something is read: a column of its files, called as the case is.
enum Sen2Item: Int, CaseIterable {
    case sen2tableid, persontableid, requeststableid, assessmenttableid, namedplantableid, plandetailtableid
    case activeplanstableid, placementdetailtableid, senneedtableid
    case year, referencedate, lea, datetime
    case surname, forename, personbirthdate, sex, gendercurrent, postcode, upn, uniquelearnernumber
    case receiveddate, requestoutcomedate, requestoutcome, requestmediation, requesttribunal, exported
    case assessmentoutcome, assessmentoutcomedate, assessmentmediation, assessmenttribunal, othermediation,
        othertribunal
    case week20, startdate, ceasedate, ceasereason
    case urn, ukprn, sensetting, placementrank, senunitindicator, resourcedprovisionindicator
    case transferla, entrydate, leavingdate, sentype, sentyperank
    /// The line on which an element begins, where the file is made of a text in XML.
    case elementline

    /// The column.
    var name: String { "\(self)" }
}

extension Sen2Module {
    /// The item of its own key.
    var keyItem: Sen2Item {
        switch self {
        case .sen2: .sen2tableid
        case .person: .persontableid
        case .requests: .requeststableid
        case .assessment: .assessmenttableid
        case .namedplan: .namedplantableid
        case .plandetail: .plandetailtableid
        case .activeplans: .activeplanstableid
        case .placementdetail: .placementdetailtableid
        case .senneed: .senneedtableid
        }
    }
}
